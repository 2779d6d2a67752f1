using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Tests.Mapping;
using CsCheck;

namespace CleverTap.Rudder.Tests.Web;

/// <summary>The tests in a real browser show that the script runs; this needs none.</summary>
public sealed class PageScriptPropertyTests
{
    private static readonly string Without = Render();

    [Test]
    public void An_event_is_within_the_script_as_ASCII_that_means_nothing_to_HTML() =>
        GenEvent.Text.Sample(text =>
        {
            string script = Render([.. CleverTapTransformer.Default.TransformForWeb(text).Calls]);

            string calls = script[(Without.Length - "\"[]\");</script>".Length)..^");</script>".Length];
            Assert.That(calls, Does.Match("\\A\"(?:[ -~-[\"'\\\\<>&`]]|\\\\[\"\\\\]|\\\\u[0-9a-f]{4})*\"\\z"));
        });

    private static string Render(params WebCall[] calls) =>
        PageScript.Render(new CleverTapWebOptions { AccountId = "acc" }, useIp: false, optOut: null, calls, nonce: null);
}
