using Microsoft.AspNetCore.Html;

namespace CleverTap.Rudder.AspNetCore;

/// <summary>
/// The page that this request renders: events are added while it is made, and rendered with it. One for each request, and
/// not thread-safe. What is added and not rendered, say because the request ends in a redirect, is not sent.
/// </summary>
public interface ICleverTapPage
{
    /// <summary>Whether CleverTap may derive the user's place from the IP address; at first <see cref="CleverTapWebOptions.UseIp"/>.</summary>
    bool UseIp { get; set; }

    /// <summary>
    /// Whether the user has opted out; at first <see cref="CleverTapWebOptions.OptOut"/>. Where true, the SDK is told so and the
    /// page's calls are not rendered. Null says nothing.
    /// </summary>
    bool? OptOut { get; set; }

    /// <summary>The calls that wait to be rendered.</summary>
    IReadOnlyList<WebCall> Calls { get; }

    /// <summary>
    /// Adds an event. An identify call is a login, unless it is the page's second of one user. The page is one user's: of
    /// several logins the SDK takes the last, and all events of the page are that user's.
    /// </summary>
    /// <param name="rudderEvent">The event.</param>
    /// <param name="isSignedIn">Whether the user has logged in on an earlier page, so that an identify call only changes the profile.</param>
    /// <returns>The calls it made, or why it made none.</returns>
    WebTransformResult Add(RudderEvent rudderEvent, bool isSignedIn = false);

    /// <summary>
    /// The script element that loads the SDK and hands it the page's calls. Whatever the events hold, it stays within that
    /// element. Calls that were rendered are not rendered again, and a page with several such elements loads the SDK once.
    /// </summary>
    /// <param name="nonce">The nonce of the page's Content-Security-Policy.</param>
    /// <returns>HTML, for Razor as it is and for anything else by its <c>Value</c>.</returns>
    HtmlString Render(string? nonce = null);
}
