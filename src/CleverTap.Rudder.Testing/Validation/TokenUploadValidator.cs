using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>Validates a device token (CleverTap docs, upload device tokens API). Pure.</summary>
/// <remarks>CleverTap requires that its SDK has registered the device; the emulator accepts any objectId.</remarks>
internal static class TokenUploadValidator
{
    public static Rejection? Validate(UploadedRecord record)
    {
        if (!UploadValidator.IsObjectId(record.ObjectId))
        {
            return new Rejection(RecordCode.TokenObjectIdInvalid);
        }

        if (record.TokenData.Kind != JsonValueKind.Object)
        {
            return new Rejection(RecordCode.TokenDataInvalid);
        }

        JsonSlice id = record.TokenData.Member("id"u8);
        JsonSlice type = record.TokenData.Member("type"u8);
        if (!id.IsPresent)
        {
            return new Rejection(RecordCode.TokenIdMissing);
        }

        if (!type.IsPresent)
        {
            return new Rejection(RecordCode.TokenTypeMissing);
        }

        if (id.Kind != JsonValueKind.String || type.Kind != JsonValueKind.String)
        {
            return new Rejection(RecordCode.TokenDataInvalid);
        }

        return CleverTapRules.TokenTypes.Contains(type.ToText()!.ToLowerInvariant()) ? null : new Rejection(RecordCode.TokenTypeInvalid);
    }
}
