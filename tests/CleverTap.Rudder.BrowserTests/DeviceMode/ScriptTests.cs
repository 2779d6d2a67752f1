using System.Text.Json.Nodes;
using CleverTap.Rudder.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>The script of the page with a stub of CleverTap's SDK.</summary>
public sealed class ScriptTests
{
    private const string Sdk =
        "window.made = []; clevertap.addMultiValuesForKey = function (name, values) { made.push(name + '+' + values) }";

    [Test]
    public async Task Several_scripts_of_a_page_load_the_SDK_once_and_make_all_calls()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        IPage page = await chromium.Browser.NewPageAsync();
        int loaded = 0;
        await page.RouteAsync(
            "**/*",
            route =>
            {
                loaded++;
                return route.FulfillAsync(new() { ContentType = "text/javascript", Body = Sdk });
            }
        );
        using ServiceProvider services = new ServiceCollection().AddCleverTapWeb(web => web.AccountId = "acc").BuildServiceProvider();
        using IServiceScope request = services.CreateScope();
        var rendered = request.ServiceProvider.GetRequiredService<ICleverTapPage>();

        string html = "<!DOCTYPE html><title>t</title>";
        foreach (string tag in new[] { "first", "second" })
        {
            rendered.Track(tag);
            rendered.Add(new IdentifyEvent { Traits = new JsonObject { ["tags"] = new JsonObject { ["$add"] = tag } } });
            html += rendered.Render().Value;
        }

        await page.SetContentAsync(html);

        Assert.That(loaded, Is.EqualTo(1));
        Assert.That(await page.EvaluateAsync<string>("clevertap.event.join()"), Is.EqualTo("first,[object Object],second,[object Object]"));
        Assert.That(await page.EvaluateAsync<string>("made.join()"), Is.EqualTo("tags+first,tags+second"));
        Assert.That(
            await page.EvaluateAsync<string>("JSON.stringify([clevertap.account, clevertap.privacy, clevertap.region])"),
            Is.EqualTo("""[[{"id":"acc"}],[{"useIP":false},{"useIP":false}],null]""")
        );
    }

    [Test]
    public async Task Opt_out_in_a_later_script_applies()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        IPage page = await chromium.Browser.NewPageAsync();
        await page.RouteAsync("**/*", route => route.AbortAsync());
        using ServiceProvider services = new ServiceCollection().AddCleverTapWeb(web => web.AccountId = "acc").BuildServiceProvider();
        using IServiceScope request = services.CreateScope();
        var rendered = request.ServiceProvider.GetRequiredService<ICleverTapPage>();
        string html = $"<!DOCTYPE html><title>t</title>{rendered.Render()}";
        rendered.OptOut = true;

        await page.SetContentAsync(html + rendered.Render());

        Assert.That(
            await page.EvaluateAsync<string>("JSON.stringify(clevertap.privacy)"),
            Is.EqualTo("""[{"useIP":false},{"useIP":false},{"optOut":true}]""")
        );
    }

    [Test]
    public async Task Page_works_when_the_SDK_is_blocked()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        IPage page = await chromium.Browser.NewPageAsync();
        List<string> errors = [];
        page.PageError += (_, error) => errors.Add(error);
        await page.RouteAsync("**/*", route => route.AbortAsync());
        using ServiceProvider services = new ServiceCollection().AddCleverTapWeb(web => web.AccountId = "acc").BuildServiceProvider();
        using IServiceScope request = services.CreateScope();
        var rendered = request.ServiceProvider.GetRequiredService<ICleverTapPage>();
        rendered.Identify("jane", new JsonObject { ["tags"] = new JsonObject { ["$add"] = "vip" } });

        await page.SetContentAsync($"<!DOCTYPE html><title>t</title>{rendered.Render()}<p>behind</p>");

        Assert.That(await page.TextContentAsync("p"), Is.EqualTo("behind"));
        Assert.That(errors, Is.Empty);
    }
}
