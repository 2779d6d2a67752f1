using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>track: the event keeps its name and its properties. An order becomes <c>Charged</c> (<see cref="ChargedEventMapper"/>).</summary>
internal sealed class TrackMapper : EventMapper, ICallMapper<TrackEvent>
{
    TransformResult ICallMapper<TrackEvent>.Map(TrackEvent rudderEvent, MappingOptions options) => MapEvent(rudderEvent, options);

    protected override EventError? NameOf(in ParsedEvent e, MappingContext run, out JsonSlice name)
    {
        name = e.Event;
        return name.IsPresent
            ? null
            : new EventError(EventErrorCode.EventNameMissing, "event", "Missing required value from \"event\"", "the name of the event");
    }
}
