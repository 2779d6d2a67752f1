using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>The event's <c>integrations</c>: whether it is for CleverTap at all, and options for it.</summary>
internal static class IntegrationsObject
{
    /// <summary>The spellings of the destination's name, the one that rudder-server itself goes by first.</summary>
    private static readonly FieldName[] ServerSpellings = ["CleverTap", "clevertap", "Clevertap", "CLEVERTAP"];

    /// <summary>The same spellings in the order in which rudder-transformer looks for options.</summary>
    private static readonly FieldName[] OptionSpellings = ["clevertap", "Clevertap", "CleverTap", "CLEVERTAP"];

    /// <summary>
    /// Whether the event is not for CleverTap. CleverTap by name beats All; an object of options means yes. Of several spellings the
    /// first of the list counts. As in rudder-server, integrations that is no object and All that is no boolean exclude every destination.
    /// </summary>
    public static bool Excludes(JsonSlice integrations)
    {
        if (integrations.IsNullOrMissing || integrations.Span.SequenceEqual("{\"All\":true}"u8))
        {
            return false; // as nearly every SDK sends it
        }

        if (integrations.Kind != JsonValueKind.Object)
        {
            return true;
        }

        bool excluded = false;
        bool isAllBoolean = true;
        int rank = ServerSpellings.Length;
        var members = new MemberReader(integrations);
        while (members.Next())
        {
            int place = RankOf(members.NameSpan);
            bool isBoolean = members.Value.Kind is JsonValueKind.True or JsonValueKind.False;
            if (place == ServerSpellings.Length)
            {
                isAllBoolean = isBoolean;
            }

            if (place <= rank && (isBoolean || members.Value.Kind == JsonValueKind.Object))
            {
                rank = place;
                excluded = members.Value.Kind == JsonValueKind.False;
            }
        }

        return excluded || !isAllBoolean;
    }

    /// <summary>The options object for CleverTap; missing where there is none.</summary>
    public static JsonSlice OptionsOf(JsonSlice integrations)
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

    /// <summary>The place among the spellings; behind them for All; further behind for anything else.</summary>
    private static int RankOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("All"u8))
        {
            return ServerSpellings.Length;
        }

        if (name.Length == "CleverTap".Length)
        {
            for (int place = 0; place < ServerSpellings.Length; place++)
            {
                if (name.SequenceEqual(ServerSpellings[place].Span))
                {
                    return place;
                }
            }
        }

        return ServerSpellings.Length + 1;
    }
}
