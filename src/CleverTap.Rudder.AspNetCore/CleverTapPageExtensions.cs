namespace CleverTap.Rudder.AspNetCore;

/// <summary>RudderStack's calls, as a page makes them.</summary>
public static class CleverTapPageExtensions
{
    private const string Web = "web";

    /// <summary>Says who the user is.</summary>
    /// <param name="page">The page.</param>
    /// <param name="userId">The user's id.</param>
    /// <param name="traits">What is known of the user.</param>
    /// <returns>The calls it made, or why it made none.</returns>
    public static WebTransformResult Identify(this ICleverTapPage page, string userId, JsonBag traits = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.Add(
            new IdentifyEvent
            {
                Channel = Web,
                UserId = userId,
                Traits = traits,
            }
        );
    }

    /// <summary>Says what the user did.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="properties">What belongs to the event.</param>
    /// <param name="userId">The user's id; needed only where <see cref="MappingOptions.TrackAnonymous"/> is off.</param>
    /// <returns>The calls it made, or why it made none.</returns>
    public static WebTransformResult Track(this ICleverTapPage page, string name, JsonBag properties = default, string? userId = null)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.Add(
            new TrackEvent
            {
                Channel = Web,
                UserId = userId,
                Event = name,
                Properties = properties,
            }
        );
    }

    /// <summary>Says that the user sees this page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The page's name.</param>
    /// <param name="properties">What belongs to the page view.</param>
    /// <param name="userId">The user's id; needed only where <see cref="MappingOptions.TrackAnonymous"/> is off.</param>
    /// <returns>The calls it made, or why it made none.</returns>
    public static WebTransformResult Page(this ICleverTapPage page, string name, JsonBag properties = default, string? userId = null)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.Add(
            new PageEvent
            {
                Channel = Web,
                UserId = userId,
                Name = name,
                Properties = properties,
            }
        );
    }
}
