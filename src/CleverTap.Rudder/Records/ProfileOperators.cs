using System.Collections.Frozen;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>CleverTap's operators on a profile attribute: <c>{"$add": ["gold"]}</c>, <c>{"$incr": 5}</c> (upload API, profiles).</summary>
internal static class ProfileOperators
{
    public static readonly FrozenSet<FieldName> Names = new FieldName[]
    {
        "$add",
        "$remove",
        "$set",
        "$incr",
        "$decr",
        "$delete",
    }.ToFrozenSet();

    /// <summary>Whether a value is an object whose members are all operators.</summary>
    public static bool IsOperation(JsonSlice value)
    {
        if (value.Kind != JsonValueKind.Object)
        {
            return false;
        }

        bool any = false;
        var members = new MemberReader(value);
        while (members.Next())
        {
            if (!Names.Contains(members.Name))
            {
                return false;
            }

            any = true;
        }

        return any;
    }
}
