using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>Validates a record. Pure.</summary>
/// <remarks>CleverTap reports one error for each record. The order of its checks is not known.</remarks>
internal static class UploadValidator
{
    /// <summary>Returns the first error of a record, or null if CleverTap accepts it.</summary>
    /// <param name="record">The record.</param>
    /// <param name="nestedObjects">Whether the account has Nested Objects.</param>
    public static Rejection? Validate(UploadedRecord record, bool nestedObjects) =>
        record.Kind switch
        {
            RecordKind.Event => ValidateUser(record) ?? ValidateTime(record) ?? EventUploadValidator.Validate(record, nestedObjects),
            RecordKind.Profile => ValidateUser(record) ?? ValidateTime(record) ?? ProfileUploadValidator.Validate(record),
            RecordKind.Token => TokenUploadValidator.Validate(record),
            _ => new Rejection(RecordCode.UnknownRecord),
        };

    /// <summary>Whether a value can identify a user: text or a number, except text that CleverTap treats as a missing identity.</summary>
    public static bool IsUsableId(UserKeyKind kind, JsonSlice id)
    {
        if (id.Kind is not (JsonValueKind.String or JsonValueKind.Number) || id.ToText() is not { Length: > 0 } text)
        {
            return false;
        }

        return kind != UserKeyKind.Identity
            || (!CleverTapRules.RejectedIdentities.Contains(text) && Encoding.UTF8.GetByteCount(text) <= CleverTapRules.IdentityBytes);
    }

    /// <summary>Whether a value is text that CleverTap accepts as the id of a device.</summary>
    public static bool IsObjectId(JsonSlice value) =>
        value.Kind == JsonValueKind.String && value.ToText() is { } text && CleverTapRules.IsObjectId(JsonText.Encode(text));

    private static Rejection? ValidateUser(UploadedRecord record)
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

    private static Rejection? ValidateTime(UploadedRecord record) =>
        record.Ts.IsNullOrMissing || record.Seconds is not null ? null : new Rejection(RecordCode.TimestampNotEpoch);
}
