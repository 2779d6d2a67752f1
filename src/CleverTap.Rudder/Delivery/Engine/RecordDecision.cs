using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>The decision for a record after a response. The default value is a record that CleverTap has accepted.</summary>
internal readonly record struct RecordDecision(
    RecordDecisionKind Kind,
    int Code = 0,
    string Error = "",
    CleverTapRecord? Replacement = null,
    FieldName? OmittedField = null
)
{
    /// <summary>Creates the decision that the record is rejected.</summary>
    public static RecordDecision Reject(UnprocessedRecord rejection) => new(RecordDecisionKind.Rejected, rejection.Code, rejection.Error);

    /// <summary>Creates the decision that a record is sent again.</summary>
    /// <param name="rejection">CleverTap's error.</param>
    /// <param name="record">The record to send.</param>
    /// <param name="omitted">The field that was removed; null if the record is not repaired.</param>
    public static RecordDecision Retry(UnprocessedRecord rejection, CleverTapRecord record, FieldName? omitted = null) =>
        new(RecordDecisionKind.Retry, rejection.Code, rejection.Error, record, omitted);
}
