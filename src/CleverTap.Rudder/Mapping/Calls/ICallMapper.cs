namespace CleverTap.Rudder;

/// <summary>
/// Maps one kind of RudderStack call to CleverTap records. The built-in mappers are in <see cref="CallMappers.Default"/>; a host
/// replaces one of them in <see cref="MappingOptions.Mappers"/>. Implementations must be thread-safe.
/// </summary>
/// <typeparam name="TEvent">The call: an <see cref="IdentifyEvent"/>, a <see cref="TrackEvent"/> and so on.</typeparam>
/// <remarks>
/// <para>
/// Records are made by the built-in mappers, so that each of them is well-formed. A mapper of the host calls the one that it
/// wraps with the event or with a changed event, or calls another one of <see cref="CallMappers.Default"/>, and returns its result,
/// several results together (<see cref="TransformResult.Mapped"/>), <see cref="TransformResult.Filtered"/> or
/// <see cref="TransformResult.Invalid"/>.
/// </para>
/// <para>
/// A mapper gets the events that no option filters, after all of their JSON was checked. An exception, or null in place of a result,
/// makes the event Invalid with <see cref="EventErrorCode.HostRule"/>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// public sealed class ShopTrackMapper(ICallMapper&lt;TrackEvent&gt; next) : ICallMapper&lt;TrackEvent&gt;
/// {
///     public TransformResult Map(TrackEvent rudderEvent, MappingOptions options)
///     {
///         if (rudderEvent.Properties.TryGetBoolean("test", out bool isTest) &amp;&amp; isTest)
///         {
///             return TransformResult.Filtered();
///         }
///
///         return next.Map(rudderEvent with { Properties = rudderEvent.Properties.With("shop", "de").Without("debug") }, options);
///     }
/// }
/// </code>
/// </example>
public interface ICallMapper<in TEvent>
    where TEvent : RudderEvent
{
    /// <summary>Maps one event.</summary>
    /// <param name="rudderEvent">The event. It owns its memory and may be kept.</param>
    /// <param name="options">
    /// The options of the transformer. Pass them on to the mapper that is wrapped: they also say whether the records are for
    /// <see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/>.
    /// </param>
    /// <returns>The records, or why there are none.</returns>
    TransformResult Map(TEvent rudderEvent, MappingOptions options);
}
