using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>page: the event <c>Web Page Viewed: {name}</c> with the page's properties.</summary>
internal sealed class PageMapper : EventMapper, ICallMapper<PageEvent>
{
    TransformResult ICallMapper<PageEvent>.Map(PageEvent rudderEvent, MappingOptions options) => MapEvent(rudderEvent, options);

    protected override EventError? NameOf(in ParsedEvent e, MappingContext run, out JsonSlice name)
    {
        name = run.Options is { IsForWeb: true, WebPageNames: WebPageNames.DeviceMode }
            ? ViewEventName.OfDeviceMode(e, run)
            : ViewEventName.Of("Web Page Viewed"u8, e, run);
        return null;
    }
}
