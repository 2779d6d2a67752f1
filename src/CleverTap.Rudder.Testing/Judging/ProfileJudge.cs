using System.Text.Json;

namespace CleverTap.Rudder.Testing;

/// <summary>The rules for profiles: what may stand in the standard fields. Pure.</summary>
internal static class ProfileJudge
{
    public static Refusal? Judge(UploadedRecord record)
    {
        // No code is known for a profile without data.
        if (record.ProfileData.Kind != JsonValueKind.Object) return new Refusal(RecordCode.UnknownRecord);

        var members = new MemberReader(record.ProfileData);
        while (members.Next())
        {
            if (CleverTapRules.StandardFields.TryGetValue(members.Name, out StandardField? field)
                && field is { Code: { } code, IsValid: { } isValid }
                && members.Value.Kind != JsonValueKind.Null // what CleverTap does with a null is not known
                && !isValid(members.Value)
                && !ProfileOperators.IsOperation(members.Value))
                return new Refusal((RecordCode)code);
        }

        return null;
    }
}
