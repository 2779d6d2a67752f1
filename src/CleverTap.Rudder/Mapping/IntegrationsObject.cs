using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>The event's <c>integrations</c>: whether it is for CleverTap at all, and options for it.</summary>
internal static class IntegrationsObject
{
    /// <summary>The spellings of the destination's name, the one that rudder-server itself goes by first.</summary>
    private static readonly FieldName[] ServerSpellings = ["CleverTap", "clevertap", "Clevertap", "CLEVERTAP"];

    /// <summary>The same spellings in the order in which rudder-transformer looks for options.</summary>
    private static readonly FieldName[] OptionSpellings = ["clevertap", "Clevertap", "CleverTap", "CLEVERTAP"];

    /// <summary>Why an event is not sent this way; null where it is.</summary>
    public static FilterReason? Filter(in EventIndex e, MappingOptions options, bool forWeb)
    {
        if (options.NativeSdk.HasFlag(NativeSdkPlatforms.Web) && !forWeb && IsOfWeb(e.Call) && e.Channel.IsText("web"u8)) return FilterReason.NativeSdk;
        if (options.HonorIntegrations && Excludes(e.Integrations)) return FilterReason.Integrations;
        return null;
    }

    /// <summary>Whether CleverTap's web SDK can send such a call. What it cannot, nobody but the server sends.</summary>
    public static bool IsOfWeb(EventCall call) => call is EventCall.Identify or EventCall.Track or EventCall.Page;

    /// <summary>The options object for CleverTap; missing where there is none.</summary>
    public static JsonValue OptionsOf(JsonValue integrations)
    {
        foreach (FieldName spelling in OptionSpellings)
        {
            JsonValue options = integrations.Member(spelling.Span);
            if (options.IsTruthy) return options;
        }

        return default;
    }

    /// <summary>CleverTap by name beats All; an object of options means yes. Of several spellings the first of the list counts.</summary>
    private static bool Excludes(JsonValue integrations)
    {
        if (integrations.Span.SequenceEqual("{\"All\":true}"u8)) return false; // as nearly every SDK sends it
        bool excluded = false;
        int rank = ServerSpellings.Length;
        var members = new MemberReader(integrations);
        while (members.Next())
        {
            if (members.Value.Kind is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Object)) continue;
            int place = RankOf(members.NameSpan);
            if (place > rank) continue;
            rank = place;
            excluded = members.Value.Kind == JsonValueKind.False;
        }

        return excluded;
    }

    /// <summary>The place among the spellings; behind them for All; further behind for anything else.</summary>
    private static int RankOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("All"u8)) return ServerSpellings.Length;
        if (name.Length == "CleverTap".Length)
        {
            for (int place = 0; place < ServerSpellings.Length; place++)
            {
                if (name.SequenceEqual(ServerSpellings[place].Span)) return place;
            }
        }

        return ServerSpellings.Length + 1;
    }
}
