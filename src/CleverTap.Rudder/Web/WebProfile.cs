using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Web;

/// <summary>Converts a profile record to calls of CleverTap's web SDK.</summary>
internal static class WebProfile
{
    /// <summary>Adds a call with the attributes of the profile, then a call for each operator on an attribute.</summary>
    public static void AddCalls(JsonSlice record, bool isSignedIn, List<WebCall> calls)
    {
        JsonSlice attributes = record.Member("profileData"u8);
        JsonSlice identity = FindIdentity(record, attributes, out bool isAttribute);
        List<WebCall> operations = [];
        var site = new WebSite();
        var members = new MemberReader(attributes);
        while (members.Next())
        {
            if (!identity.IsMissing && IsIdentity(members.NameSpan, isAttribute))
            {
                continue;
            }

            AddAttribute(members.NameSpan, members.Value, site, operations);
        }

        // The identity is the last attribute, because the SDK sends a profile only if it accepts the last attribute.
        if (!identity.IsMissing)
        {
            site.Add("Identity"u8, identity);
        }

        if (!site.IsEmpty)
        {
            bool isLogin = !isSignedIn && !identity.IsMissing;
            calls.Add(WebCalls.CreateCall(isLogin ? "onUserLogin.push"u8 : "profile.push"u8, site.ToArgument()));
        }

        calls.AddRange(operations);
    }

    /// <summary>Finds the identity of a record: its own member, or an attribute if the record has an objectId.</summary>
    private static JsonSlice FindIdentity(JsonSlice record, JsonSlice attributes, out bool isAttribute)
    {
        JsonSlice identity = record.Member("identity"u8);
        isAttribute = !identity.IsPresent;
        if (isAttribute)
        {
            identity = attributes.Member("identity"u8);
        }

        return identity.IsPresent && !identity.IsContainer ? identity : default;
    }

    private static bool IsIdentity(ReadOnlySpan<byte> name, bool isAttribute) =>
        name.SequenceEqual("Identity"u8) || (isAttribute && name.SequenceEqual("identity"u8));

    private static void AddAttribute(ReadOnlySpan<byte> name, JsonSlice value, WebSite site, List<WebCall> operations)
    {
        if (ProfileOperators.IsOperation(value))
        {
            WebOperators.AddCalls(name, value, operations);
        }
        else
        {
            site.Add(name, value);
        }
    }
}
