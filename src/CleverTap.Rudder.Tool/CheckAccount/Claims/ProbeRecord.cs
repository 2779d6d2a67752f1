using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>A record of an upload, and what the claim expects of it.</summary>
/// <param name="Label">What distinguishes the record from the others of the upload.</param>
/// <param name="Json">The record.</param>
/// <param name="Code">The code with which CleverTap rejects the record; null if it accepts it.</param>
internal sealed record ProbeRecord(string Label, string Json, RecordCode? Code = null)
{
    private const string User = $"\"identity\":\"{Probe.User}\"";

    /// <summary>The exact text of the rejection; null if any text will do.</summary>
    public string? Error { get; init; }

    /// <summary>Creates an event of the run's user with one property or a few.</summary>
    public static ProbeRecord Event(string label, string properties, RecordCode? code = null, string name = "Check") =>
        EventWith(label, $"\"evtName\":{Text(name)},\"evtData\":{{{properties}}}", code);

    /// <summary>Creates an event of the run's user from the members of its record.</summary>
    public static ProbeRecord EventWith(string label, string members, RecordCode? code = null) =>
        new(label, $"{{{User},\"type\":\"event\",{members}}}", code);

    /// <summary>Creates a Charged event of the run's user.</summary>
    public static ProbeRecord Charged(string label, string properties, RecordCode? code = null) =>
        Event(label, properties, code, CleverTapRules.ChargedEvent);

    /// <summary>Creates a profile of the run's user with one field or a few.</summary>
    public static ProbeRecord Profile(string label, string fields, RecordCode? code = null) =>
        new(label, $"{{{User},\"type\":\"profile\",\"profileData\":{{{fields}}}}}", code);

    /// <summary>Creates a device token from the members of its record.</summary>
    public static ProbeRecord Token(string label, string members, RecordCode? code = null) =>
        new(label, $"{{\"type\":\"token\",{members}}}", code);

    /// <summary>Creates an event with other ids than the run's user.</summary>
    /// <param name="label">The label.</param>
    /// <param name="ids">The members with the ids; empty for none.</param>
    /// <param name="code">The code.</param>
    public static ProbeRecord EventOf(string label, string ids, RecordCode? code = null) =>
        new(label, $"{{{(ids.Length > 0 ? ids + "," : "")}\"type\":\"event\",\"evtName\":\"Check\",\"evtData\":{{}}}}", code);

    /// <summary>Returns a JSON string.</summary>
    public static string Text(string text) => $"\"{System.Text.Json.JsonEncodedText.Encode(text)}\"";

    /// <summary>Returns that many members with different names.</summary>
    public static string Members(int count) => string.Join(',', Enumerable.Range(1, count).Select(number => $"\"p{number}\":{number}"));

    /// <summary>Returns that many elements.</summary>
    public static string Elements(int count, Func<int, string> element) => string.Join(',', Enumerable.Range(1, count).Select(element));
}
