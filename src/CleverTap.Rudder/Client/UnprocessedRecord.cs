using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <summary>A record that CleverTap rejected.</summary>
/// <param name="RecordNumber">Its position in the upload, from 1; null if CleverTap does not say.</param>
/// <param name="Code">CleverTap's record code, such as 515 for an e-mail address that is not one; 0 if there is none.</param>
/// <param name="Error">CleverTap's text.</param>
public sealed record UnprocessedRecord(int? RecordNumber, int Code, string Error)
{
    /// <summary>The record as CleverTap quotes it, which may differ a little from what was sent.</summary>
    internal JsonSlice Echo { get; init; }

    /// <summary>The position and code, without CleverTap's text, which may quote values.</summary>
    public override string ToString() => $"record {RecordNumber}: {Code}";
}
