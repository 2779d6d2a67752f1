using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Maps a page call to the event <c>Web Page Viewed: {name}</c> with the properties of the page.</summary>
internal sealed class PageMapper : EventMapper, ICallMapper<PageEvent>
{
    TransformResult ICallMapper<PageEvent>.Map(PageEvent rudderEvent, MappingOptions options) => MapEvent(rudderEvent, options);

    protected override EventError? ReadName(in ParsedEvent parsed, MappingContext context, out JsonSlice name)
    {
        name = context.Options is { IsForWeb: true, WebPageNames: WebPageNames.DeviceMode }
            ? ViewEventName.CreateForDeviceMode(parsed, context)
            : ViewEventName.Create("Web Page Viewed"u8, parsed, context);
        return null;
    }
}
