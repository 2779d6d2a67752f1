using CleverTap.Rudder.Internal.Events;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Decides whether an event is sent to CleverTap, with checks in the order of rudder-server.</summary>
internal static class MappingFilter
{
    /// <summary>Returns the reason why an event is filtered, or null if it is mapped.</summary>
    public static FilterReason? ReasonFor(in ParsedEvent parsed, MappingContext context)
    {
        MappingOptions options = context.Options;
        if (options.HonorIntegrations && IntegrationsObject.Excludes(parsed.Integrations))
        {
            return FilterReason.Integrations;
        }

        if (!options.ConsentRules.IsEmpty && options.ConsentRules.IsDenied(parsed, options.IsForWeb))
        {
            return FilterReason.Consent;
        }

        if (!options.IsForWeb && NativeSdk.Sends(parsed, options.NativeSdk))
        {
            return FilterReason.NativeSdk;
        }

        bool isListed = (options.IsForWeb && IsListedForWeb(parsed, options)) || (options.HasEventLists && IsListed(parsed, context));
        return isListed ? FilterReason.EventList : null;
    }

    /// <summary>Whether a list for pages excludes the event. These lists apply only to track events, as in RudderStack's SDKs.</summary>
    private static bool IsListedForWeb(in ParsedEvent parsed, MappingOptions options) =>
        parsed.Type == EventType.Track && parsed.Event.IsPresent && parsed.Event.ToText() is { } name && options.IsExcludedFromWeb(name);

    private static bool IsListed(in ParsedEvent parsed, MappingContext context)
    {
        MappingOptions options = context.Options;
        string? name = CallMappers.Default.FindBuiltIn(parsed.Type)!.FindListedName(parsed, context);
        context.Start(options);
        return name is not null && options.IsExcluded(name);
    }
}
