using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>The event's <c>integrations</c>: whether it is for CleverTap at all, and options for it.</summary>
internal static class IntegrationsObject
{
    /// <summary>The spellings of the destination's name, the one that rudder-server itself goes by first.</summary>
    private static readonly FieldName[] ServerSpellings = ["CleverTap", "clevertap", "Clevertap", "CLEVERTAP"];

    /// <summary>The same spellings in the order in which rudder-transformer looks for options.</summary>
    private static readonly FieldName[] OptionSpellings = ["clevertap", "Clevertap", "CleverTap", "CLEVERTAP"];

    public static FilterReason? Filter(in EventIndex e, MappingOptions options)
    {
        if (options.UseNativeSdk && e.Channel.IsText("web"u8)) return FilterReason.NativeSdk;
        if (options.HonorIntegrations && Excludes(e.Integrations)) return FilterReason.Integrations;
        return null;
    }

    /// <summary>The options object for CleverTap; missing where there is none.</summary>
    public static JsonValue OptionsOf(JsonValue integrations)
    {
        foreach (FieldName spelling in OptionSpellings)
        {
            JsonValue options = integrations.Member(spelling.Bytes.Span);
            if (options.IsTruthy) return options;
        }

        return default;
    }

    /// <summary>CleverTap by name beats All; an object of options means yes.</summary>
    private static bool Excludes(JsonValue integrations)
    {
        foreach (FieldName spelling in ServerSpellings)
        {
            switch (integrations.Member(spelling.Bytes.Span).Kind)
            {
                case JsonValueKind.True or JsonValueKind.Object: return false;
                case JsonValueKind.False: return true;
            }
        }

        return integrations.Member("All"u8).Kind == JsonValueKind.False;
    }
}
