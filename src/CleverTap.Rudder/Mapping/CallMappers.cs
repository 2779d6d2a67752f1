using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder;

/// <summary>
/// The mappers that turn RudderStack calls into CleverTap records, one for each kind of call. Immutable: start from
/// <see cref="Default"/> and replace what you need with a <c>with</c> expression.
/// </summary>
/// <remarks>Two of them are equal if their mappers are equal; a mapper that does not define equality equals itself only.</remarks>
/// <example>
/// <code>
/// var mappers = CallMappers.Default with { Track = new ShopTrackMapper(CallMappers.Default.Track) };
/// var transformer = new CleverTapTransformer(MappingOptions.Default with { Mappers = mappers });
/// </code>
/// </example>
public sealed record CallMappers
{
    private readonly ICallMapper<IdentifyEvent> identify = new IdentifyMapper();
    private readonly ICallMapper<TrackEvent> track = new TrackMapper();
    private readonly ICallMapper<PageEvent> page = new PageMapper();
    private readonly ICallMapper<ScreenEvent> screen = new ScreenMapper();
    private readonly ICallMapper<AliasEvent> alias = new AliasMapper();

    private CallMappers() { }

    /// <summary>The built-in mappers.</summary>
    public static CallMappers Default { get; } = new();

    /// <summary>The mapper of identify calls.</summary>
    /// <value>Default: the traits become a profile, and the device's push token a record of its own.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ICallMapper<IdentifyEvent> Identify
    {
        get => identify;
        init => identify = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The mapper of track calls.</summary>
    /// <value>Default: an event with the same name and properties; an order becomes <c>Charged</c>.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ICallMapper<TrackEvent> Track
    {
        get => track;
        init => track = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The mapper of page calls.</summary>
    /// <value>Default: the event <c>Web Page Viewed: {name}</c>.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ICallMapper<PageEvent> Page
    {
        get => page;
        init => page = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The mapper of screen calls.</summary>
    /// <value>Default: the event <c>Screen Viewed: {name}</c>.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ICallMapper<ScreenEvent> Screen
    {
        get => screen;
        init => screen = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The mapper of alias calls.</summary>
    /// <value>Default: the user id becomes one more identity of the profile that has the previous id.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ICallMapper<AliasEvent> Alias
    {
        get => alias;
        init => alias = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The built-in mapper of a call; null if the host has replaced it.</summary>
    internal BuiltInMapper? BuiltInFor(EventType call) =>
        call switch
        {
            EventType.Identify => identify as BuiltInMapper,
            EventType.Track => track as BuiltInMapper,
            EventType.Page => page as BuiltInMapper,
            EventType.Screen => screen as BuiltInMapper,
            _ => alias as BuiltInMapper,
        };

    /// <summary>Calls the mapper of an event. A mapper of the host may throw or return null: that is an error of the event.</summary>
    internal TransformResult Map(RudderEvent rudderEvent, MappingOptions options)
    {
        try
        {
            TransformResult? result = rudderEvent switch
            {
                IdentifyEvent call => identify.Map(call, options),
                TrackEvent call => track.Map(call, options),
                PageEvent call => page.Map(call, options),
                ScreenEvent call => screen.Map(call, options),
                _ => alias.Map((AliasEvent)rudderEvent, options),
            };
            return result ?? TransformResult.Invalid(EventError.FromHostRule("A mapper of the host returned null; make it return a result"));
        }
        catch (Exception exception)
        {
            // Its message may hold values of the event.
            string type = exception.GetType().Name;
            return TransformResult.Invalid(EventError.FromHostRule($"A mapper of the host threw {type}; correct the mapper"));
        }
    }
}
