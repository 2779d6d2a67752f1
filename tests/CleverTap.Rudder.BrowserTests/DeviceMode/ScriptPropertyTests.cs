using CleverTap.Rudder.AspNetCore;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>Whatever events hold, the page that is rendered with them parses, runs, and hands the SDK exactly that.</summary>
public sealed class ScriptPropertyTests
{
    private const int Pages = 12;
    private const int EventsPerPage = 150;

    private static readonly Gen<Dictionary<string, string>> Members = Gen.Dictionary(RandomText.Name, RandomText.Value)[0, 4];

    private static readonly Gen<(bool IsEvent, string Name, Dictionary<string, string> Members)[]> Events = Gen.Select(
        Gen.Bool,
        RandomText.Value.Where(name => name.Length > 0),
        Members
    ).Array[EventsPerPage];

    [Test]
    public async Task The_page_hands_the_SDK_exactly_what_the_events_hold()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        IPage page = await chromium.Browser.NewPageAsync();
        List<string> errors = [];
        page.PageError += (_, error) => errors.Add(error);
        await page.RouteAsync("**/*", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "" }));

        await Events.SampleAsync(
            async events =>
            {
                await page.GotoAsync("about:blank");
                await page.SetContentAsync($"<!DOCTYPE html><title>t</title>{Render(events)}<p>behind</p>");
                string[][] queues = await page.EvaluateAsync<string[][]>(Readout.Script);

                Assert.That(errors, Is.Empty);
                Assert.That(await page.Locator("script").CountAsync(), Is.EqualTo(2), "the page's script and the SDK's");
                Assert.That(await page.TextContentAsync("body"), Is.EqualTo("behind"));
                Assert.That(
                    queues[0],
                    Is.EqualTo(
                        events.Where(one => one.IsEvent).SelectMany(one => new[] { Readout.OfPlain(one.Name), Readout.Of(one.Members) })
                    )
                );
                Assert.That(queues[1], Is.EqualTo(events.Where(one => !one.IsEvent).Select(Profile)));
            },
            iter: Pages,
            threads: 1
        );
    }

    private static string Render((bool IsEvent, string Name, Dictionary<string, string> Members)[] events)
    {
        using ServiceProvider services = new ServiceCollection()
            .AddCleverTapWeb(web =>
                (web.AccountId, web.SdkAddress) = ("</script>\"\u2028", "https://sdk.example/clevertap.min.js?a=1&b=</script>")
            )
            .BuildServiceProvider();
        using IServiceScope request = services.CreateScope();
        var page = request.ServiceProvider.GetRequiredService<ICleverTapPage>();
        foreach ((bool isEvent, string name, Dictionary<string, string> members) in events)
        {
            // Overriding fields are sent under the very names they have.
            string json = isEvent
                ? $$"""{"type":"track","event":{{Readout.Json(name)}},"properties":{{Readout.Json(members)}}}"""
                : $$"""{"type":"identify","userId":{{Readout.Json(name)}},"traits":{ "overrideFields":{{Readout.Json(members)}} } }""";
            Assert.That(page.Add(RudderEvent.Parse(json), isSignedIn: true).Error, Is.Null);
        }

        return page.Render("\"><script>alert(1)</script>").Value!;
    }

    private static string Profile((bool IsEvent, string Name, Dictionary<string, string> Members) identify) =>
        $"{{{Readout.OfPlain("Site")}:{Readout.Of(identify.Members.Where(member => member.Key != "Identity").Append(KeyValuePair.Create("Identity", identify.Name)))}}}";
}
