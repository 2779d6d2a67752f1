using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>Makes a profile that CleverTap rejected fit to be sent again: pure functions.</summary>
internal static class ProfileRepair
{
    private static readonly FieldName ProfileData = "profileData";

    /// <summary>The standard field that a record code complains of, where the profile has it; null otherwise.</summary>
    public static FieldName? RejectedField(CleverTapRecord record, int code)
    {
        if (record is not ProfileRecord)
        {
            return null;
        }

        foreach (StandardField field in CleverTapRules.StandardFields.Values)
        {
            if (field.Code == code && !GetProfileData(record).Member(field.Name.Span).IsMissing)
            {
                return field.Name;
            }
        }

        return null;
    }

    /// <summary>The same profile without one field.</summary>
    public static CleverTapRecord Without(CleverTapRecord record, FieldName field) => KeepFields(record, name => !name.Equals(field));

    /// <summary>The same profile with some of its attributes only.</summary>
    public static CleverTapRecord KeepFields(CleverTapRecord record, Predicate<FieldName> keeps)
    {
        var output = new Utf8Buffer();
        CopyMembers(
            output,
            new JsonSlice(record.Utf8Json),
            _ => true,
            (name, value) =>
            {
                if (name.Equals(ProfileData))
                {
                    CopyMembers(output, value, keeps, (_, attribute) => output.Append(attribute.Span));
                }
                else
                {
                    output.Append(value.Span);
                }
            }
        );
        return CleverTapRecord.Create(RecordKind.Profile, output.Written.ToArray());
    }

    /// <summary>The attributes of a profile.</summary>
    public static JsonSlice GetProfileData(CleverTapRecord record) => new JsonSlice(record.Utf8Json).Member("profileData"u8);

    private static void CopyMembers(Utf8Buffer output, JsonSlice source, Predicate<FieldName> keeps, Action<FieldName, JsonSlice> copyValue)
    {
        output.Append((byte)'{');
        int empty = output.Length;
        var members = new MemberReader(source);
        while (members.Next())
        {
            var name = members.Name;
            if (!keeps(name))
            {
                continue;
            }

            output.AppendMember(name.Span, isFirst: output.Length == empty);
            copyValue(name, members.Value);
        }

        output.Append((byte)'}');
    }
}
