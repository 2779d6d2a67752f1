using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Judging;

/// <summary>
/// The rules for device tokens (CleverTap docs, upload device tokens API). Pure. CleverTap wants the device to be known
/// from its SDK already; the emulator has no SDK and takes any objectId.
/// </summary>
internal static class TokenJudge
{
    public static Refusal? Judge(UploadedRecord record)
    {
        if (!RecordJudge.IsObjectId(record.ObjectId))
        {
            return new Refusal(RecordCode.TokenObjectIdInvalid);
        }

        if (record.TokenData.Kind != JsonValueKind.Object)
        {
            return new Refusal(RecordCode.TokenDataInvalid);
        }

        JsonSlice id = record.TokenData.Member("id"u8);
        JsonSlice type = record.TokenData.Member("type"u8);
        if (!id.IsPresent)
        {
            return new Refusal(RecordCode.TokenIdMissing);
        }

        if (!type.IsPresent)
        {
            return new Refusal(RecordCode.TokenTypeMissing);
        }

        if (id.Kind != JsonValueKind.String || type.Kind != JsonValueKind.String)
        {
            return new Refusal(RecordCode.TokenDataInvalid);
        }

        return CleverTapRules.TokenTypes.Contains(type.ToText()!.ToLowerInvariant()) ? null : new Refusal(RecordCode.TokenTypeInvalid);
    }
}
