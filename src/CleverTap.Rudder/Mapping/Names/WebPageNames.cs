namespace CleverTap.Rudder;

/// <summary>Specifies the names of page views that the page itself sends.</summary>
/// <remarks>See <see cref="CleverTapTransformer.TransformForWeb(RudderEvent)"/>.</remarks>
public enum WebPageNames
{
    /// <summary>The names of cloud mode, <c>Web Page Viewed: {name}</c>: both modes give the same name.</summary>
    CloudMode,

    /// <summary>
    /// The names of RudderStack's own web integration, <c>WebPage Viewed {name} {category}</c>, for dashboards that contain its events.
    /// </summary>
    DeviceMode,
}
