namespace CleverTap.Rudder;

/// <summary>Whether an event is meant for CleverTap, in the order in which rudder-server asks.</summary>
internal static class EventFilter
{
    /// <summary>Why an event is not sent this way; null if it is.</summary>
    public static FilterReason? ReasonFor(in EventIndex e, MappingOptions options)
    {
        if (options.HonorIntegrations && IntegrationsObject.Excludes(e.Integrations))
        {
            return FilterReason.Integrations;
        }

        if (!options.ConsentRules.IsEmpty && options.ConsentRules.AreDenied(e, options.IsForWeb))
        {
            return FilterReason.Consent;
        }

        if (options.IsForWeb)
        {
            return IsListed(e, options) ? FilterReason.EventList : null;
        }

        return NativeSdk.Sends(e, options.NativeSdk) ? FilterReason.NativeSdk : null;
    }

    /// <summary>The lists are of track events alone, as in RudderStack's SDKs.</summary>
    private static bool IsListed(in EventIndex e, MappingOptions options) =>
        e.Call == EventCall.Track && e.Event.IsPresent && e.Event.ToText() is { } name && options.IsExcludedFromWeb(name);
}
