namespace CleverTap.Rudder;

/// <summary>Maps one type of RudderStack call to CleverTap records.</summary>
/// <typeparam name="TEvent">The call: an <see cref="IdentifyEvent"/>, a <see cref="TrackEvent"/> and so on.</typeparam>
/// <remarks>
/// <para>
/// The built-in mappers are in <see cref="CallMappers.Default"/>. A host replaces one of them in <see cref="MappingOptions.Mappers"/>.
/// Implementations must be thread-safe.
/// </para>
/// <para>
/// Only the built-in mappers create records, so that every record is well-formed. A mapper of the host calls the mapper that it
/// wraps, with the event or with a changed event, or another mapper of <see cref="CallMappers.Default"/>. It returns the result of that
/// mapper, several results combined (<see cref="TransformResult.Mapped"/>), <see cref="TransformResult.Filtered"/> or
/// <see cref="TransformResult.Invalid"/>.
/// </para>
/// <para>
/// A mapper receives only events that no option filters, after all of their JSON was checked. If a mapper throws or returns null,
/// the event is Invalid with <see cref="EventErrorCode.HostRule"/>.
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
    /// <param name="rudderEvent">The event. It owns its memory, so that a mapper may keep it.</param>
    /// <param name="options">
    /// The options of the transformer. Pass them to the mapper that is wrapped: they also contain whether the records are for
    /// <see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/>.
    /// </param>
    /// <returns>The records of the event, or the reason why it has none.</returns>
    TransformResult Map(TEvent rudderEvent, MappingOptions options);
}
