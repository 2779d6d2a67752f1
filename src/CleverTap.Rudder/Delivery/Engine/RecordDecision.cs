using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>What to do with a record after a response. The default is a record that CleverTap accepted.</summary>
internal readonly record struct RecordDecision(
    RecordDecisionKind Kind,
    int Code = 0,
    string Error = "",
    CleverTapRecord? Replacement = null,
    FieldName? OmittedField = null
)
{
    public static RecordDecision Reject(UnprocessedRecord rejection) => new(RecordDecisionKind.Rejected, rejection.Code, rejection.Error);

    /// <summary>The record is sent again, in this form.</summary>
    /// <param name="rejection">Why CleverTap did not accept it.</param>
    /// <param name="record">What is sent.</param>
    /// <param name="omitted">The field that was removed; null if the record is not repaired.</param>
    public static RecordDecision Retry(UnprocessedRecord rejection, CleverTapRecord record, FieldName? omitted = null) =>
        new(RecordDecisionKind.Retry, rejection.Code, rejection.Error, record, omitted);
}
