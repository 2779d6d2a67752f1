using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Maps a track call to an event with the same name and properties.</summary>
/// <remarks>An order becomes <c>Charged</c>; see <see cref="ChargedEventMapper"/>.</remarks>
internal sealed class TrackMapper : EventMapper, ICallMapper<TrackEvent>
{
    TransformResult ICallMapper<TrackEvent>.Map(TrackEvent rudderEvent, MappingOptions options) => MapEvent(rudderEvent, options);

    protected override EventError? ReadName(in ParsedEvent parsed, MappingContext context, out JsonSlice name)
    {
        name = parsed.Event;
        return name.IsPresent
            ? null
            : new EventError(EventErrorCode.EventNameMissing, "event", "Missing required value from \"event\"", "the name of the event");
    }
}
