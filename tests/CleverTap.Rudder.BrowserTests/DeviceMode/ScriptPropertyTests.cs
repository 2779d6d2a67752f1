using CleverTap.Rudder.AspNetCore;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>A page with arbitrary events is valid, runs, and passes their exact values to the SDK.</summary>
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
    public async Task Page_passes_the_exact_values_of_events_to_the_SDK()
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
                        events
                            .Where(call => call.IsEvent)
                            .SelectMany(call => new[] { Readout.FormatText(call.Name), Readout.FormatObject(call.Members) })
                    )
                );
                Assert.That(queues[1], Is.EqualTo(events.Where(call => !call.IsEvent).Select(FormatProfile)));
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
            // Fields of overrideFields keep their names.
            string json = isEvent
                ? $$"""{"type":"track","event":{{Readout.ToJson(name)}},"properties":{{Readout.ToJson(members)}}}"""
                : $$"""{"type":"identify","userId":{{Readout.ToJson(name)}},"traits":{ "overrideFields":{{Readout.ToJson(members)}} } }""";
            Assert.That(page.Add(RudderEvent.Parse(json), isSignedIn: true).Error, Is.Null);
        }

        return page.Render("\"><script>alert(1)</script>").Value!;
    }

    private static string FormatProfile((bool IsEvent, string Name, Dictionary<string, string> Members) identify)
    {
        IEnumerable<KeyValuePair<string, string>> attributes = identify
            .Members.Where(member => member.Key != "Identity")
            .Append(KeyValuePair.Create("Identity", identify.Name));
        return $"{{{Readout.FormatText("Site")}:{Readout.FormatObject(attributes)}}}";
    }
}
