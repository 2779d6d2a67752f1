using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Tests.Mapping;
using CsCheck;

namespace CleverTap.Rudder.Tests.Web;

/// <summary>Checks the script without a browser. The tests in a real browser show that it runs.</summary>
public sealed class PageScriptPropertyTests
{
    private static readonly string Without = Render();

    [Test]
    public void Page_script_contains_any_event_as_ASCII_without_HTML_markup() =>
        GenEvent.Text.Sample(text =>
        {
            string script = Render([.. CleverTapTransformer.Default.TransformForWeb(text).Calls]);

            string calls = script[(Without.Length - "\"[]\");</script>".Length)..^");</script>".Length];
            Assert.That(calls, Does.Match("\\A\"(?:[ -~-[\"'\\\\<>&`]]|\\\\[\"\\\\]|\\\\u[0-9a-f]{4})*\"\\z"));
        });

    private static string Render(params WebCall[] calls) =>
        PageScript.Render(new CleverTapWebOptions { AccountId = "acc" }, useIp: false, optOut: null, calls, nonce: null);
}
