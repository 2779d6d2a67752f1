using CleverTap.Rudder.Internal.Events;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Whether an event is meant for CleverTap, in the order in which rudder-server asks.</summary>
internal static class EventFilter
{
    /// <summary>Why an event is not mapped; null if it is.</summary>
    public static FilterReason? ReasonFor(in ParsedEvent e, MappingContext run)
    {
        MappingOptions options = run.Options;
        if (options.HonorIntegrations && IntegrationsObject.Excludes(e.Integrations))
        {
            return FilterReason.Integrations;
        }

        if (!options.ConsentRules.IsEmpty && options.ConsentRules.AreDenied(e, options.IsForWeb))
        {
            return FilterReason.Consent;
        }

        if (!options.IsForWeb && NativeSdk.Sends(e, options.NativeSdk))
        {
            return FilterReason.NativeSdk;
        }

        bool isListed = (options.IsForWeb && IsListedForWeb(e, options)) || (options.HasEventLists && IsListed(e, run));
        return isListed ? FilterReason.EventList : null;
    }

    /// <summary>The lists for pages are of track events alone, as in RudderStack's SDKs.</summary>
    private static bool IsListedForWeb(in ParsedEvent e, MappingOptions options) =>
        e.Type == EventType.Track && e.Event.IsPresent && e.Event.ToText() is { } name && options.IsExcludedFromWeb(name);

    private static bool IsListed(in ParsedEvent e, MappingContext run)
    {
        MappingOptions options = run.Options;
        string? name = CallMappers.Default.BuiltInFor(e.Type)!.FindListedName(e, run);
        run.Start(options);
        return name is not null && options.IsExcluded(name);
    }
}
