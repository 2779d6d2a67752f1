namespace CleverTap.Rudder.AspNetCore;

/// <summary>Adds the calls of RudderStack's SDKs to a page.</summary>
public static class CleverTapPageExtensions
{
    private const string Web = "web";

    /// <summary>Adds an identify call, which says who the user is.</summary>
    /// <param name="page">The page.</param>
    /// <param name="userId">The user's id.</param>
    /// <param name="traits">The user's traits.</param>
    /// <returns>The calls of the event, or the reason why there are none.</returns>
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

    /// <summary>Adds a track call, which says what the user did.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The name of the event.</param>
    /// <param name="properties">The properties of the event.</param>
    /// <param name="userId">The user's id. It is required only if <see cref="MappingOptions.TrackAnonymous"/> is off.</param>
    /// <returns>The calls of the event, or the reason why there are none.</returns>
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

    /// <summary>Adds a page call, which says that the user views this page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The name of the page.</param>
    /// <param name="properties">The properties of the page view.</param>
    /// <param name="userId">The user's id. It is required only if <see cref="MappingOptions.TrackAnonymous"/> is off.</param>
    /// <returns>The calls of the event, or the reason why there are none.</returns>
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
