using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>The decision for a record that CleverTap has not accepted: it is sent again, or it is rejected.</summary>
/// <param name="Rejection">CleverTap's error.</param>
/// <param name="Replacement">The record to send; null if the record is rejected.</param>
/// <param name="OmittedField">The field that was removed; null if the record is not repaired.</param>
internal sealed record RecordDecision(UnprocessedRecord Rejection, CleverTapRecord? Replacement = null, FieldName? OmittedField = null);
