using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>screen: the event <c>Screen Viewed: {name}</c> with the screen's properties.</summary>
internal sealed class ScreenMapper : EventMapper, ICallMapper<ScreenEvent>
{
    TransformResult ICallMapper<ScreenEvent>.Map(ScreenEvent rudderEvent, MappingOptions options) => MapEvent(rudderEvent, options);

    protected override EventError? NameOf(in ParsedEvent e, MappingContext run, out JsonSlice name)
    {
        name = ViewEventName.Of("Screen Viewed"u8, e, run);
        return null;
    }
}
