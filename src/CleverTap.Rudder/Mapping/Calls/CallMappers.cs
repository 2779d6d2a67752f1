using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder;

/// <summary>Holds the mapper of each type of call.</summary>
/// <remarks>
/// It is immutable: start from <see cref="Default"/> and replace mappers with a <c>with</c> expression. Two instances are equal if
/// their mappers are equal. A mapper that does not define equality is equal only to itself.
/// </remarks>
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

    /// <summary>Gets the built-in mappers.</summary>
    public static CallMappers Default { get; } = new();

    /// <summary>Gets the mapper of identify calls.</summary>
    /// <value>By default the traits become a profile, and the push token of the device becomes a record too.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ICallMapper<IdentifyEvent> Identify
    {
        get => identify;
        init => identify = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Gets the mapper of track calls.</summary>
    /// <value>By default a call becomes an event with the same name and properties; an order becomes <c>Charged</c>.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ICallMapper<TrackEvent> Track
    {
        get => track;
        init => track = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Gets the mapper of page calls.</summary>
    /// <value>By default a call becomes the event <c>Web Page Viewed: {name}</c>.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ICallMapper<PageEvent> Page
    {
        get => page;
        init => page = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Gets the mapper of screen calls.</summary>
    /// <value>By default a call becomes the event <c>Screen Viewed: {name}</c>.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ICallMapper<ScreenEvent> Screen
    {
        get => screen;
        init => screen = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Gets the mapper of alias calls.</summary>
    /// <value>By default the user id becomes another identity of the profile that has the previous id.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ICallMapper<AliasEvent> Alias
    {
        get => alias;
        init => alias = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Finds the built-in mapper of a call, or null if the host has replaced it.</summary>
    internal BuiltInMapper? FindBuiltIn(EventType call) =>
        call switch
        {
            EventType.Identify => identify as BuiltInMapper,
            EventType.Track => track as BuiltInMapper,
            EventType.Page => page as BuiltInMapper,
            EventType.Screen => screen as BuiltInMapper,
            _ => alias as BuiltInMapper,
        };

    /// <summary>Calls the mapper of an event. If a mapper of the host throws or returns null, the event gets an error.</summary>
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
            return result
                ?? TransformResult.Invalid(
                    EventError.FromHostRule("A mapper of the host returned null; make it return a result", "a result")
                );
        }
        catch (Exception exception)
        {
            // The message of the exception may contain values of the event.
            string type = exception.GetType().Name;
            return TransformResult.Invalid(EventError.FromHostRule($"A mapper of the host threw {type}; correct the mapper", "a result"));
        }
    }
}
