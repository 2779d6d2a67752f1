using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>Repairs profiles that CleverTap has rejected. The functions are pure.</summary>
internal static class ProfileRepair
{
    private static readonly FieldName ProfileData = "profileData";

    /// <summary>Returns the standard field that a record code refers to; null if the profile does not have such a field.</summary>
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

    /// <summary>Copies a profile without one field.</summary>
    public static CleverTapRecord Without(CleverTapRecord record, FieldName field) => KeepFields(record, name => !name.Equals(field));

    /// <summary>Copies a profile with some of its attributes only.</summary>
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

    /// <summary>Returns the attributes of a profile.</summary>
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
