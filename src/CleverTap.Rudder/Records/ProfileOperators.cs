using System.Collections.Frozen;
using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>CleverTap's operators on an attribute: <c>{"$add": ["gold"]}</c>, <c>{"$incr": 5}</c> (upload API, profiles).</summary>
internal static class ProfileOperators
{
    private static readonly FrozenSet<FieldName> Names = new FieldName[]
    {
        "$add",
        "$remove",
        "$set",
        "$incr",
        "$decr",
        "$delete",
    }.ToFrozenSet();

    /// <summary>An object of operators and nothing else.</summary>
    public static bool IsOperation(JsonValue value)
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
