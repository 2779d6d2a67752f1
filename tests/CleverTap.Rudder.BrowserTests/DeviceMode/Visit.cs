using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CleverTap.Rudder.AspNetCore;
using Microsoft.Playwright;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>Opens the shop in a real browser and captures what CleverTap's real SDK sends.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Short = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Chromium chromium;
    private readonly Shop shop;

    private Visit(Chromium chromium, Shop shop, IPage page, SdkTraffic traffic) =>
        (this.chromium, this.shop, Page, Traffic) = (chromium, shop, page, traffic);

    public IPage Page { get; }

    public SdkTraffic Traffic { get; }

    /// <param name="render">Called while the page is rendered.</param>
    public static async Task<Visit> StartAsync(Action<ICleverTapPage> render)
    {
        // The downloads come first, so that no process runs if the test is ignored.
        byte[] sdk = await NpmPackage.CleverTapWebSdk.ReadAsync("clevertap.min.js");
        byte[] lzString = await NpmPackage.LzString.ReadAsync("libs/lz-string.min.js");
        Chromium chromium = await Chromium.StartAsync();
        Shop shop = await Shop.StartAsync(render, sdk);
        IPage page = await chromium.Browser.NewPageAsync(
            new()
            {
                TimezoneId = "Asia/Tokyo",
                ViewportSize = new() { Width = 1100, Height = 900 },
            }
        );
        SdkTraffic traffic = await SdkTraffic.CaptureAsync(page, lzString);
        await page.GotoAsync(shop.Address);
        return new Visit(chromium, shop, page, traffic);
    }

    /// <summary>Saves a screenshot of the page and a log of the messages.</summary>
    public async Task SaveArtifactsAsync(string name, IEnumerable<string> differences)
    {
        var log = new StringBuilder().AppendLine("Messages of the SDK:").AppendLine();
        foreach (JsonObject message in await Traffic.MessagesAsync())
        {
            log.AppendLine(message.ToJsonString(Readable));
        }

        log.AppendLine().AppendLine("Differences to cloud mode:").AppendLine().AppendJoin('\n', differences).AppendLine();
        Chromium.SaveArtifact($"{name}.log", Encoding.UTF8.GetBytes(log.ToString()));
        await Page.EvaluateAsync(
            "sent => sent.forEach(message => document.querySelector('#sent').appendChild(document.createElement('li')).appendChild(document.createElement('code')).textContent = message)",
            (await Traffic.MessagesAsync()).Select(message => message.ToJsonString(Short)).ToArray()
        );
        Chromium.SaveArtifact($"{name}.png", await Page.ScreenshotAsync(new() { FullPage = true }));
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        await shop.DisposeAsync();
    }
}
