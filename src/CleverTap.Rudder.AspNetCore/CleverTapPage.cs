using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.AspNetCore.Rendering;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.AspNetCore;

internal sealed class CleverTapPage : ICleverTapPage
{
    private readonly CleverTapWebOptions options;
    private readonly CleverTapTransformer transformer;
    private readonly List<WebCall> calls = [];
    private string? login;

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
        if (LoginOf(result) is { } identity)
        {
            // Of the logins that wait for it, the SDK takes the last alone.
            if (identity == login)
            {
                result = transformer.TransformForWeb(rudderEvent, isSignedIn: true);
            }

            login = identity;
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

    private static string? LoginOf(WebTransformResult result) =>
        result
            .Calls.FirstOrDefault(call => call.Method == "onUserLogin.push")
            ?.Arguments[0]
            .GetProperty("Site")
            .GetProperty("Identity")
            .GetRawText();
}
