namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Creates mappers of a host.</summary>
internal static class HostMappers
{
    /// <summary>Gets mappers of a host that pass every event unchanged to the built-in mapper.</summary>
    public static CallMappers PassThrough { get; } =
        CallMappers.Default with
        {
            Identify = new HostMapper<IdentifyEvent>(CallMappers.Default.Identify.Map),
            Track = new HostMapper<TrackEvent>(CallMappers.Default.Track.Map),
            Page = new HostMapper<PageEvent>(CallMappers.Default.Page.Map),
            Screen = new HostMapper<ScreenEvent>(CallMappers.Default.Screen.Map),
            Alias = new HostMapper<AliasEvent>(CallMappers.Default.Alias.Map),
        };

    /// <summary>Creates a transformer with a mapper of the host for track calls.</summary>
    public static CleverTapTransformer Track(Func<TrackEvent, MappingOptions, TransformResult> map, MappingOptions? options = null) =>
        new((options ?? MappingOptions.Default) with { Mappers = CallMappers.Default with { Track = new HostMapper<TrackEvent>(map) } });
}

/// <summary>Is a mapper that calls a function.</summary>
internal sealed class HostMapper<TEvent>(Func<TEvent, MappingOptions, TransformResult> map) : ICallMapper<TEvent>
    where TEvent : RudderEvent
{
    public TransformResult Map(TEvent rudderEvent, MappingOptions options) => map(rudderEvent, options);
}
