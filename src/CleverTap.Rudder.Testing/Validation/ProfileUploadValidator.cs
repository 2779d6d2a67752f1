using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>Validates the standard fields of a profile. Pure.</summary>
internal static class ProfileUploadValidator
{
    public static Rejection? Validate(UploadedRecord record)
    {
        // No code is known for a profile without data.
        if (record.ProfileData.Kind != JsonValueKind.Object)
        {
            return new Rejection(RecordCode.UnknownRecord);
        }

        var members = new MemberReader(record.ProfileData);
        while (members.Next())
        {
            if (
                CleverTapRules.StandardFields.TryGetValue(members.Name, out StandardField? field)
                && Validate(field, members.Value) is { } rejection
            )
            {
                return rejection;
            }
        }

        return null;
    }

    private static Rejection? Validate(StandardField field, JsonSlice value)
    {
        // What CleverTap does with a null is not known.
        if (value.Kind == JsonValueKind.Null || field.IsValid is null)
        {
            return null;
        }

        if (field.IsIdentity)
        {
            return UploadValidator.IsUsableId(UserKeyKind.Identity, value) ? null : new Rejection(RecordCode.IdentityMissing);
        }

        bool isAccepted = field.Code is null || field.IsValid(value) || ProfileOperators.IsOperation(value);
        return isAccepted ? null : new Rejection((RecordCode)field.Code!.Value);
    }
}
