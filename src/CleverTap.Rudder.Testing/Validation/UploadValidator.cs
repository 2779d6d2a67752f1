using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>
/// Whether CleverTap takes a record. Pure. It is not known in which order CleverTap checks; one fault a record is all that
/// it was seen to report.
/// </summary>
internal static class UploadValidator
{
    /// <summary>The record's first fault; null if CleverTap takes it.</summary>
    /// <param name="record">The record.</param>
    /// <param name="nestedObjects">Whether the account has Nested Objects.</param>
    public static Rejection? Validate(UploadedRecord record, bool nestedObjects) =>
        record.Kind switch
        {
            RecordKind.Event => User(record) ?? Time(record) ?? EventUploadValidator.Validate(record, nestedObjects),
            RecordKind.Profile => User(record) ?? Time(record) ?? ProfileUploadValidator.Validate(record),
            RecordKind.Token => TokenUploadValidator.Validate(record),
            _ => new Rejection(RecordCode.UnknownRecord),
        };

    /// <summary>Whether a value can name a user: text or a number, and no text that CleverTap takes for a missing identity.</summary>
    public static bool IsUsableId(UserKeyKind kind, JsonSlice id)
    {
        if (id.Kind is not (JsonValueKind.String or JsonValueKind.Number) || id.ToText() is not { Length: > 0 } text)
        {
            return false;
        }

        return kind != UserKeyKind.Identity
            || (!CleverTapRules.RejectedIdentities.Contains(text) && Encoding.UTF8.GetByteCount(text) <= CleverTapRules.IdentityBytes);
    }

    /// <summary>Whether a value is text that CleverTap takes as the id of a device.</summary>
    public static bool IsObjectId(JsonSlice value) =>
        value.Kind == JsonValueKind.String && value.ToText() is { } text && CleverTapRules.IsObjectId(JsonText.Encode(text));

    private static Rejection? User(UploadedRecord record)
    {
        if (!record.Identity.IsNullOrMissing && !IsUsableId(UserKeyKind.Identity, record.Identity))
        {
            return new Rejection(RecordCode.IdentityMissing);
        }

        if (!record.ObjectId.IsNullOrMissing && !IsObjectId(record.ObjectId))
        {
            return new Rejection(RecordCode.ObjectIdInvalid);
        }

        return record.UserKeys.Count == 0 ? new Rejection(RecordCode.IdentityMissing) : null;
    }

    private static Rejection? Time(UploadedRecord record) =>
        record.Ts.IsNullOrMissing || record.Seconds is not null ? null : new Rejection(RecordCode.TimestampNotEpoch);
}
