using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>A record that CleverTap rejected.</summary>
/// <param name="RecordNumber">The position of the record in the upload, from 1; null if CleverTap does not give it.</param>
/// <param name="Code">CleverTap's record code, such as 515 for an invalid e-mail address; 0 if there is no code.</param>
/// <param name="Error">CleverTap's text.</param>
public sealed record UnprocessedRecord(int? RecordNumber, int Code, string Error)
{
    /// <summary>The record as CleverTap quotes it, which may differ slightly from the record that was sent.</summary>
    internal JsonSlice Echo { get; init; }

    /// <summary>Returns the position and the code, without CleverTap's text, which may quote values.</summary>
    public override string ToString() => $"record {RecordNumber}: {Code}";
}
