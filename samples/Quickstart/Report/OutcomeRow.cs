using System.Globalization;
using System.Text.Json;
using CleverTap.Rudder;

namespace Quickstart;

/// <summary>One line's outcome as a row: where it stands, what it was, what it became, how that went.</summary>
internal static class OutcomeRow
{
    private const int MaxName = 40;
    private const int MaxMessage = 300;

    public static Sheet NewSheet() => new("line", "call", "name", "for CleverTap", "outcome");

    public static Cell[] Of(LineOutcome line) =>
        [
            new(line.Number?.ToString(CultureInfo.InvariantCulture) ?? "", Tone.Quiet),
            CallOf(line.Event),
            new(Printable.Of(NameOf(line.Event) ?? "", MaxName), Tone.Strong),
            string.Join(" + ", line.Outcome.Records.Select(Describe)),
            OutcomeOf(line.Outcome),
        ];

    private static string CallOf(RudderEvent? e) =>
        e switch
        {
            IdentifyEvent => "identify",
            TrackEvent => "track",
            PageEvent => "page",
            ScreenEvent => "screen",
            AliasEvent => "alias",
            _ => "?",
        };

    private static string? NameOf(RudderEvent? e) =>
        e switch
        {
            TrackEvent track => track.Event,
            PageEvent page => page.Name,
            ScreenEvent screen => screen.Name,
            _ => null,
        };

    private static string Describe(CleverTapRecord record) =>
        record switch
        {
            ProfileRecord profile =>
                $"profile {Printable.Of(profile.Identity ?? profile.ObjectId ?? "", MaxName)} ({Count(profile.ProfileData, "attribute")})",
            EventRecord e => $"{Printable.Of(e.EventName, MaxName)} ({Count(e.EventData, "property", "properties")})",
            DeviceTokenRecord token => $"device token ({token.TokenType})",
            _ => "",
        };

    private static string Count(JsonElement bag, string one, string? many = null)
    {
        int count = bag.ValueKind == JsonValueKind.Object ? bag.GetPropertyCount() : 0;
        return $"{count} {(count == 1 ? one : many ?? one + "s")}";
    }

    private static Cell OutcomeOf(EventOutcome outcome) =>
        outcome.Kind switch
        {
            OutcomeKind.Delivered when outcome.OmittedFields.Count > 0 => new Cell(
                $"delivered without {string.Join(", ", outcome.OmittedFields.Select(field => $"{field.Field} ({field.Code})"))}",
                Tone.Doubtful
            ),
            OutcomeKind.Delivered => outcome.Warnings.Count > 0
                ? new Cell("delivered, with a warning", Tone.Good)
                : new Cell("delivered", Tone.Good),
            OutcomeKind.Filtered => new Cell($"filtered: {outcome.FilterReason}", Tone.Quiet),
            OutcomeKind.Invalid => new Cell($"invalid: {outcome.Error?.Code}, {FieldOf(outcome)}{Message(outcome)}", Tone.Doubtful),
            OutcomeKind.Rejected => new Cell($"rejected: {outcome.Code}, {Message(outcome)}", Tone.Bad),
            _ => new Cell($"undelivered: {outcome.UndeliveredReason}, {Message(outcome)}", Tone.Bad),
        };

    /// <summary>Where the message does not name the field itself.</summary>
    private static string FieldOf(EventOutcome outcome) =>
        outcome.Error is { Field.Length: > 0 } error && !error.Message.StartsWith(error.Field, StringComparison.Ordinal)
            ? $"{Printable.Of(error.Field, MaxName)}: "
            : "";

    private static string Message(EventOutcome outcome) => Printable.Of(outcome.Message ?? "", MaxMessage);
}
