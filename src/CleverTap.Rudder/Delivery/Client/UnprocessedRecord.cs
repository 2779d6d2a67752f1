namespace CleverTap.Rudder;

/// <summary>A record that CleverTap refused.</summary>
/// <param name="RecordNumber">Its place in the upload, counted from 1; null where CleverTap did not say.</param>
/// <param name="Code">CleverTap's record code, such as 515 for an e-mail address that is not one; 0 where there was none.</param>
/// <param name="Error">CleverTap's words.</param>
public sealed record UnprocessedRecord(int? RecordNumber, int Code, string Error)
{
    /// <summary>The record as CleverTap quotes it, which may differ a little from what was sent.</summary>
    internal JsonValue Echo { get; init; }

    /// <summary>The place and code; CleverTap's words are its own.</summary>
    public override string ToString() => $"record {RecordNumber}: {Code}";
}
