using Microsoft.AspNetCore.Html;

namespace CleverTap.Rudder.AspNetCore;

/// <summary>The page that the current request renders: it collects events and renders them for CleverTap's web SDK.</summary>
/// <remarks>
/// There is one page for each request. Events that are added and not rendered, for example because the request ends in a redirect, are
/// not sent. Not thread-safe.
/// </remarks>
/// <example>
/// <code>
/// app.MapGet(
///     "/cart",
///     (ICleverTapPage page) =>
///     {
///         page.Page("Cart");
///         return Results.Content($"&lt;!DOCTYPE html>&lt;title>Cart&lt;/title>{page.Render()}", "text/html");
///     }
/// );
/// </code>
/// </example>
public interface ICleverTapPage
{
    /// <summary>Gets or sets whether CleverTap may derive the location of the user from the IP address.</summary>
    /// <value>Default <see cref="CleverTapWebOptions.UseIp"/>.</value>
    bool UseIp { get; set; }

    /// <summary>Gets or sets whether the user has opted out.</summary>
    /// <value>
    /// Default <see cref="CleverTapWebOptions.OptOut"/>. If true, the SDK receives the opt-out and the calls of the page are not
    /// rendered. Null leaves the SDK's setting unchanged.
    /// </value>
    bool? OptOut { get; set; }

    /// <summary>Gets the calls that are not rendered yet.</summary>
    IReadOnlyList<WebCall> Calls { get; }

    /// <summary>Adds an event.</summary>
    /// <remarks>
    /// An identify call is a login, unless it is the second one of the same user on this page. If a page has several logins, the
    /// SDK applies the last one and assigns all events of the page to it.
    /// </remarks>
    /// <param name="rudderEvent">The event.</param>
    /// <param name="isSignedIn">Whether the user has logged in on an earlier page; an identify call then only changes the profile.</param>
    /// <returns>The calls of the event, or the reason why there are none.</returns>
    WebTransformResult Add(RudderEvent rudderEvent, bool isSignedIn = false);

    /// <summary>Renders the script element that loads the SDK and passes it the calls of the page.</summary>
    /// <remarks>
    /// No value of an event can end the script element. Calls are rendered once, and a page with several such elements loads the SDK once.
    /// </remarks>
    /// <param name="nonce">The nonce of the page's Content-Security-Policy.</param>
    /// <returns>HTML for Razor; its <c>Value</c> is the text.</returns>
    HtmlString Render(string? nonce = null);
}
