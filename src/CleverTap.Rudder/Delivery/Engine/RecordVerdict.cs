using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>What to do with a record after a response. The default is a record that CleverTap accepted.</summary>
internal readonly record struct RecordVerdict(
    RecordVerdictKind Kind,
    int Code = 0,
    string Error = "",
    CleverTapRecord? Replacement = null,
    FieldName? OmittedField = null
)
{
    public static RecordVerdict Reject(UnprocessedRecord refusal) => new(RecordVerdictKind.Rejected, refusal.Code, refusal.Error);

    /// <summary>The record is sent again, in this form.</summary>
    /// <param name="refusal">Why CleverTap did not accept it.</param>
    /// <param name="record">What is sent.</param>
    /// <param name="omitted">The field that was removed; null if the record is not repaired.</param>
    public static RecordVerdict Again(UnprocessedRecord refusal, CleverTapRecord record, FieldName? omitted = null) =>
        new(RecordVerdictKind.Again, refusal.Code, refusal.Error, record, omitted);
}
