using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Reads the <c>integrations</c> of an event: whether the event is for CleverTap, and options for CleverTap.</summary>
internal static class IntegrationsObject
{
    /// <summary>The spellings of the destination name; rudder-server uses the first.</summary>
    private static readonly FieldName[] ServerSpellings = ["CleverTap", "clevertap", "Clevertap", "CLEVERTAP"];

    /// <summary>The same spellings in the order in which rudder-transformer searches for options.</summary>
    private static readonly FieldName[] OptionSpellings = ["clevertap", "Clevertap", "CleverTap", "CLEVERTAP"];

    /// <summary>Whether the integrations exclude CleverTap.</summary>
    /// <remarks>
    /// CleverTap by name takes precedence over All. An object of options includes CleverTap. If several spellings are present, the first
    /// of the list counts. As in rudder-server, an <c>integrations</c> that is not an object, or an <c>All</c> that is not a boolean,
    /// excludes every destination.
    /// </remarks>
    public static bool Excludes(JsonSlice integrations)
    {
        if (integrations.IsNullOrMissing || integrations.Span.SequenceEqual("{\"All\":true}"u8))
        {
            return false; // nearly every SDK sends exactly this
        }

        if (integrations.Kind != JsonValueKind.Object)
        {
            return true;
        }

        bool isExcluded = false;
        bool isAllBoolean = true;
        int bestRank = ServerSpellings.Length;
        var members = new MemberReader(integrations);
        while (members.Next())
        {
            int rank = FindRank(members.NameSpan);
            bool isBoolean = members.Value.Kind is JsonValueKind.True or JsonValueKind.False;
            if (rank == ServerSpellings.Length)
            {
                isAllBoolean = isBoolean;
            }

            if (rank <= bestRank && (isBoolean || members.Value.Kind == JsonValueKind.Object))
            {
                bestRank = rank;
                isExcluded = members.Value.Kind == JsonValueKind.False;
            }
        }

        return isExcluded || !isAllBoolean;
    }

    /// <summary>Returns the options for CleverTap, or a missing value if there are none.</summary>
    public static JsonSlice ReadOptions(JsonSlice integrations)
    {
        foreach (FieldName spelling in OptionSpellings)
        {
            JsonSlice options = integrations.Member(spelling.Span);
            if (options.IsTruthy)
            {
                return options;
            }
        }

        return default;
    }

    /// <summary>Returns the index of a spelling, then the next rank for All, then the last rank for any other name.</summary>
    private static int FindRank(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("All"u8))
        {
            return ServerSpellings.Length;
        }

        if (name.Length == "CleverTap".Length)
        {
            for (int index = 0; index < ServerSpellings.Length; index++)
            {
                if (name.SequenceEqual(ServerSpellings[index].Span))
                {
                    return index;
                }
            }
        }

        return ServerSpellings.Length + 1;
    }
}
