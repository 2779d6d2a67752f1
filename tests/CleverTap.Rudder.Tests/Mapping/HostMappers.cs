namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Mappers as a host writes them.</summary>
internal static class HostMappers
{
    /// <summary>Every mapper is the host's, and passes each event on as it is.</summary>
    public static CallMappers PassThrough { get; } =
        CallMappers.Default with
        {
            Identify = new HostMapper<IdentifyEvent>(CallMappers.Default.Identify.Map),
            Track = new HostMapper<TrackEvent>(CallMappers.Default.Track.Map),
            Page = new HostMapper<PageEvent>(CallMappers.Default.Page.Map),
            Screen = new HostMapper<ScreenEvent>(CallMappers.Default.Screen.Map),
            Alias = new HostMapper<AliasEvent>(CallMappers.Default.Alias.Map),
        };

    /// <summary>A transformer whose track calls go to this mapper.</summary>
    public static CleverTapTransformer Track(Func<TrackEvent, MappingOptions, TransformResult> map, MappingOptions? options = null) =>
        new((options ?? MappingOptions.Default) with { Mappers = CallMappers.Default with { Track = new HostMapper<TrackEvent>(map) } });
}

/// <summary>A mapper that is a function.</summary>
internal sealed class HostMapper<TEvent>(Func<TEvent, MappingOptions, TransformResult> map) : ICallMapper<TEvent>
    where TEvent : RudderEvent
{
    public TransformResult Map(TEvent rudderEvent, MappingOptions options) => map(rudderEvent, options);
}
