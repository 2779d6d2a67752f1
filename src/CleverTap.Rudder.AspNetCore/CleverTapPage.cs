using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.AspNetCore.Rendering;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.AspNetCore;

/// <summary>Collects the calls of one page.</summary>
internal sealed class CleverTapPage : ICleverTapPage
{
    private readonly CleverTapWebOptions options;
    private readonly CleverTapTransformer transformer;
    private readonly List<WebCall> calls = [];
    private string? lastLogin;

    public CleverTapPage(IOptions<CleverTapWebOptions> options)
    {
        this.options = options.Value;
        transformer = new CleverTapTransformer(this.options.Mapping);
        UseIp = this.options.UseIp;
        OptOut = this.options.OptOut;
    }

    public bool UseIp { get; set; }

    public bool? OptOut { get; set; }

    public IReadOnlyList<WebCall> Calls => calls;

    public WebTransformResult Add(RudderEvent rudderEvent, bool isSignedIn = false)
    {
        WebTransformResult result = transformer.TransformForWeb(rudderEvent, isSignedIn);
        if (FindLogin(result) is { } login)
        {
            // The SDK applies only the last of several queued logins, so a second login of the same user becomes a profile change.
            if (login == lastLogin)
            {
                result = transformer.TransformForWeb(rudderEvent, isSignedIn: true);
            }

            lastLogin = login;
        }

        calls.AddRange(result.Calls);
        return result;
    }

    public HtmlString Render(string? nonce = null)
    {
        string script = PageScript.Render(options, UseIp, OptOut, OptOut == true ? [] : calls, nonce);
        calls.Clear();
        return new HtmlString(script);
    }

    /// <summary>Returns the identity that the calls log in, as JSON; null if there is no login.</summary>
    private static string? FindLogin(WebTransformResult result) =>
        result
            .Calls.FirstOrDefault(call => call.Method == "onUserLogin.push")
            ?.Arguments[0]
            .GetProperty("Site")
            .GetProperty("Identity")
            .GetRawText();
}
