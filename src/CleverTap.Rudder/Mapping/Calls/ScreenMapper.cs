using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Maps a screen call to the event <c>Screen Viewed: {name}</c> with the properties of the screen.</summary>
internal sealed class ScreenMapper : EventMapper, ICallMapper<ScreenEvent>
{
    TransformResult ICallMapper<ScreenEvent>.Map(ScreenEvent rudderEvent, MappingOptions options) => MapEvent(rudderEvent, options);

    protected override EventError? ReadName(in ParsedEvent parsed, MappingContext context, out JsonSlice name)
    {
        name = ViewEventName.Create("Screen Viewed"u8, parsed, context);
        return null;
    }
}
