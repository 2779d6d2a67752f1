using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CleverTap.Rudder.BrowserTests.Playground;

public sealed partial class DeliveryTests : PlaygroundFixture
{
    private static readonly LocatorAssertionsToContainTextOptions LongTimeout = new() { Timeout = 60_000 };

    [Test]
    public async Task Sent_events_appear_in_the_view_of_stored_data()
    {
        await Page.Page.SelectOptionAsync("#sample", new[] { "all" });
        await Page.Page.ClickAsync("#send");
        await Expect(Page.Sent).ToContainTextAsync("9 events: 8 Delivered, 1 Invalid");
        await Page.Page.ClickAsync("#outcomes summary");
        await Expect(Page.Page.Locator("#outcome-list li")).ToHaveCountAsync(9);
        await Expect(Page.Page.Locator("#outcome-list li").Nth(4)).ToContainTextAsync("without Phone, which CleverTap rejects (516)");
        await Expect(Page.Page.Locator("#outcome-list li").Last).ToContainTextAsync("EventNameMissing");

        await Page.ShowStoredAsync();

        await Expect(Page.Page.Locator("#profiles li")).ToHaveCountAsync(1);
        await Expect(Page.Page.Locator("#profile-body .ids li")).ToHaveTextAsync(["identityuserid", "identitycustomer-42"]);
        await Expect(Page.Page.Locator("#profile-body > .values")).ToContainTextAsync("name@website.com");
        await Expect(Page.Page.Locator("#profile-body .timeline > li strong"))
            .ToHaveTextAsync(["Charged", "Checked Out", "Screen Viewed: Sample Screen Name", "Web Page Viewed: Cart Viewed"]);
        await Expect(Page.Page.Locator("#rejected li")).ToContainTextAsync(["516"]);
    }

    [Test]
    public async Task Page_delivers_all_events_when_requests_fail()
    {
        await Page.SetSliderAsync("429", 25);
        await Page.SetSliderAsync("500", 25);
        await Page.SetSliderAsync("Lost responses", 20);

        await Page.Page.ClickAsync("#send-many");

        await Expect(Page.Sent).ToContainTextAsync("200 events: 200 Delivered", LongTimeout);
        Match sent = Counts().Match(await Page.Sent.TextContentAsync() ?? "");
        Assert.That(int.Parse(sent.Groups[2].Value, null), Is.GreaterThan(5), "requests that were retried");
        await Page.ShowStoredAsync();
        await Expect(Page.Page.Locator("#totals > div", new() { HasText = "Tried again" })).ToContainTextAsync("× 429");
        await Expect(Page.Page.Locator("#totals > div", new() { HasText = "Requests" })).ToContainTextAsync(sent.Groups[1].Value);
    }

    [Test]
    public async Task Sliders_limit_the_sum_of_all_faults()
    {
        await Page.SetSliderAsync("429", 50);
        await Page.SetSliderAsync("500", 50);

        await Expect(Page.Page.GetByRole(AriaRole.Slider, new() { Name = "429" })).ToHaveValueAsync("40");
        await Page.Page.ClickAsync("#send");
        await Expect(Page.Sent).ToContainTextAsync("1 event: 1 Delivered", LongTimeout);
    }

    [Test]
    public async Task Charts_have_captions_with_their_values()
    {
        await Page.Page.CheckAsync("#reject");
        await Page.Page.FillAsync("#count", "100");
        await Page.Page.ClickAsync("#send-many");
        await Expect(Page.Sent).ToContainTextAsync("100 events: 90 Delivered", LongTimeout);

        await Page.ShowStoredAsync();

        await Expect(Page.Page.Locator("#chart-outcomes figcaption")).ToContainTextAsync("90 Delivered");
        await Expect(Page.Page.Locator("#chart-batches figcaption")).ToContainTextAsync("most often of 10 records");
        await Expect(Page.Page.Locator("#chart-in-flight figcaption")).ToContainTextAsync("at most in the last minute");
        await Expect(Page.Page.Locator("#chart-outcomes rect.delivered").First).ToBeAttachedAsync();
    }

    [Test]
    public async Task Forget_button_clears_the_stored_data()
    {
        await Page.Page.ClickAsync("#send");
        await Expect(Page.Sent).ToContainTextAsync("1 Delivered");
        await Page.ShowStoredAsync();
        await Expect(Page.Page.Locator("#profiles li")).ToHaveCountAsync(1);

        await Page.Page.ClickAsync("#forget");

        await Expect(Page.Page.Locator("#profiles li")).ToHaveCountAsync(0);
        await Expect(Page.Page.Locator("#profile-body")).ToContainTextAsync("Nobody yet");
    }

    [GeneratedRegex(@"([0-9]+) requests, ([0-9]+) of them failed")]
    private static partial Regex Counts();
}
