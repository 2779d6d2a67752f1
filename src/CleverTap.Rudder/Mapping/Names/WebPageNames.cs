namespace CleverTap.Rudder;

/// <summary>What a page view is called when the page itself sends it; see <see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/>.</summary>
public enum WebPageNames
{
    /// <summary>As in cloud mode, <c>Web Page Viewed: {name}</c>: one name whichever way the event came.</summary>
    CloudMode,

    /// <summary>
    /// As RudderStack's own web integration names it, <c>WebPage Viewed {name} {category}</c>: for dashboards that were
    /// filled by it.
    /// </summary>
    DeviceMode,
}
