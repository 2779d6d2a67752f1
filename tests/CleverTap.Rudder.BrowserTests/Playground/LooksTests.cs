using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CleverTap.Rudder.BrowserTests.Playground;

/// <summary>How both views look on a desk and on a phone, by day and by night; the pictures are kept.</summary>
public sealed class LooksTests : PlaygroundFixture
{
    [TestCase(1440, ColorScheme.Light)]
    [TestCase(1440, ColorScheme.Dark)]
    [TestCase(390, ColorScheme.Light)]
    [TestCase(390, ColorScheme.Dark)]
    public async Task Both_views_fit_the_width_and_are_readable(int width, ColorScheme scheme)
    {
        PlaygroundPage page = await PlaygroundPage.OpenAsync(Chromium.Browser, Address, width, height: width > 700 ? 1000 : 844, scheme);
        string name = $"{(width > 700 ? "desk" : "phone")}-{scheme.ToString().ToLowerInvariant()}";
        await page.Field("profileData.Email").HoverAsync();
        Assert.That(await page.GetHorizontalOverflowAsync(), Is.Zero);
        Assert.That(await page.FindLowContrastTextsAsync(), Is.Empty);
        Chromium.SaveArtifact($"playground-record-{name}.png", await page.ScreenshotAsync());

        await page.Page.SelectOptionAsync("#sample", new[] { "all" });
        await page.Page.ClickAsync("#send");
        await Expect(page.Sent).ToContainTextAsync("9 events");
        await page.SetSliderAsync("429", 25);
        await page.SetSliderAsync("Lost responses", 15);
        await page.Page.CheckAsync("#reject");
        await page.Page.ClickAsync("#send-many");
        await Expect(page.Sent).ToContainTextAsync("200 events", new() { Timeout = 60_000 });
        await page.ShowStoredAsync();
        await Expect(page.Page.Locator("#rejected li")).Not.ToHaveCountAsync(0);
        Assert.That(await page.GetHorizontalOverflowAsync(), Is.Zero);
        Assert.That(await page.FindLowContrastTextsAsync(), Is.Empty);
        Chromium.SaveArtifact($"playground-stored-{name}.png", await page.ScreenshotAsync());

        await page.Page.ClickAsync("#outcomes summary");
        Assert.That(await page.GetHorizontalOverflowAsync(), Is.Zero);
        Assert.That(page.ConsoleErrors, Is.Empty);
        await page.Page.CloseAsync();
    }

    [TestCase(1440, ColorScheme.Light)]
    [TestCase(1440, ColorScheme.Dark)]
    [TestCase(390, ColorScheme.Light)]
    public async Task The_options_fit_the_width_and_are_readable(int width, ColorScheme scheme)
    {
        PlaygroundPage page = await PlaygroundPage.OpenAsync(Chromium.Browser, Address, width, height: 1000, scheme);
        await page.OpenOptionsAsync();
        await page.Option("PhoneCountryCode").FillAsync("abc");
        await Expect(page.OptionError).ToBeVisibleAsync();

        Assert.That(await page.GetHorizontalOverflowAsync(), Is.Zero);
        Assert.That(await page.FindLowContrastTextsAsync(), Is.Empty);
        Chromium.SaveArtifact(
            $"playground-options-{(width > 700 ? "desk" : "phone")}-{scheme.ToString().ToLowerInvariant()}.png",
            await page.ScreenshotAsync()
        );
        await page.Page.CloseAsync();
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task Errors_are_seen_at_a_glance(ColorScheme scheme)
    {
        PlaygroundPage page = await PlaygroundPage.OpenAsync(Chromium.Browser, Address, scheme: scheme);
        await page.PasteAsync("""{"type": "track", "userId": "user-1", "properties": {"plan": "pro"}}""");
        await Expect(page.Page.Locator("#records .problem")).ToBeVisibleAsync();
        Chromium.SaveArtifact($"playground-error-{scheme.ToString().ToLowerInvariant()}.png", await page.ScreenshotAsync());
        Assert.That(page.ConsoleErrors, Is.Empty);
        await page.Page.CloseAsync();
    }

    /// <summary>Takes the picture of the README, <c>samples/Playground/playground.png</c>.</summary>
    [Test]
    public async Task Picture_of_the_README_shows_an_event_beside_its_record()
    {
        PlaygroundPage page = await PlaygroundPage.OpenAsync(Chromium.Browser, Address, height: 1180);
        await page.Field("profileData.Email").HoverAsync();

        await Expect(page.LinkedLines).ToContainTextAsync(["\"email\""]);
        Chromium.SaveArtifact("playground.png", await page.Page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled }));
        await page.Page.CloseAsync();
    }
}
