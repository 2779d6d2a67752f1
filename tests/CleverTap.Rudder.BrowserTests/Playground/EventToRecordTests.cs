using static Microsoft.Playwright.Assertions;

namespace CleverTap.Rudder.BrowserTests.Playground;

public sealed class EventToRecordTests : PlaygroundFixture
{
    private const string Identify = """
        {
          "type": "identify", "userId": "user-1", "originalTimestamp": "2026-03-02T09:18:30Z",
          "traits": {"email": "jane@example.com", "firstName": "Jane", "lastName": "Doe", "favouriteColour": "teal", "phone": "phone"}
        }
        """;

    [Test]
    public async Task Page_shows_the_record_of_a_pasted_event()
    {
        await Page.PasteAsync(Identify);

        await Expect(Page.Field("identity")).ToContainTextAsync("\"user-1\"");
        await Expect(Page.Field("profileData.Email")).ToContainTextAsync("\"jane@example.com\"");
        await Expect(Page.Field("profileData.Name")).ToContainTextAsync("from traits.firstName, traits.lastName");
        await Expect(Page.Field("type")).ToContainTextAsync("set by the mapping");
    }

    [Test]
    public async Task Hover_on_a_field_highlights_its_source_lines()
    {
        await Page.PasteAsync(Identify);
        await Expect(Page.Field("identity")).ToContainTextAsync("user-1");

        await Page.Field("profileData.Name").HoverAsync();

        await Expect(Page.LinkedLines).ToHaveTextAsync(["    \"firstName\": \"Jane\",", "    \"lastName\": \"Doe\","]);
    }

    [Test]
    public async Task Hover_on_a_line_highlights_its_fields()
    {
        await Page.PasteAsync(Identify);
        await Expect(Page.Field("identity")).ToContainTextAsync("user-1");

        await Page.Page.Locator("#lines li", new() { HasText = "favouriteColour" }).HoverAsync();

        await Expect(Page.Page.Locator("#records .linked .name")).ToHaveTextAsync(["profileData.favourite_colour"]);
    }

    [Test]
    public async Task Page_shows_warnings_with_their_codes()
    {
        await Page.PasteAsync(Identify);

        await Expect(Page.Page.Locator("#warnings li")).ToHaveCountAsync(1);
        await Expect(Page.Page.Locator("#warnings li")).ToContainTextAsync("StandardFieldFormat");
        await Expect(Page.Page.Locator("#warnings li")).ToContainTextAsync("Phone");
        await Expect(Page.Page.Locator("#warnings li")).ToContainTextAsync("516");
    }

    [Test]
    public async Task Page_shows_the_calls_of_the_web_SDK()
    {
        await Page.PasteAsync(Identify);
        await Expect(Page.Page.Locator("#web .call")).ToContainTextAsync(["clevertap.onUserLogin.push({"]);
        await Expect(Page.Page.Locator("#web .call")).ToContainTextAsync(["\"favourite_colour\": \"teal\""]);

        await Page.PasteAsync("""{"type":"page","name":"</script><b>Home","anonymousId":"a"}""");
        await Expect(Page.Page.Locator("#web .call")).ToContainTextAsync(["clevertap.event.push(\"Web Page Viewed: </script><b>Home\", {"]);

        await Page.PasteAsync("""{"type":"screen","name":"Home","anonymousId":"a"}""");
        await Expect(Page.Page.Locator("#web")).ToContainTextAsync("No page can send this");
    }

    [Test]
    public async Task Page_compares_the_presets_field_by_field()
    {
        await Page.PasteAsync(Identify);

        await Expect(Page.Page.Locator("#differences tr.only-default")).ToContainTextAsync(["profileData.favourite_colour"]);
        await Expect(Page.Page.Locator("#differences tr.only-parity")).ToContainTextAsync(["profileData.favouriteColour"]);

        await Page.Page.Locator(".segments").GetByText("RudderTransformer").ClickAsync();
        await Expect(Page.Field("profileData.favouriteColour")).ToBeVisibleAsync();
        await Expect(Page.Field("profileData.favourite_colour")).ToHaveCountAsync(0);
    }

    [TestCase("""{"type": "track", "userId": "user-1"}""", "EventNameMissing (event)")]
    [TestCase("""{"type": "track", """, "NotJson")]
    [TestCase("""{"type": "identify", "userId": "user-1", "traits": "none"}""", "WrongKind (traits)")]
    [TestCase("42", "NotAnObject")]
    public async Task Page_shows_the_error_of_an_invalid_event(string text, string error)
    {
        await Page.PasteAsync(text);

        await Expect(Page.ResultSummary).ToContainTextAsync(error);
        await Expect(Page.Page.Locator("#records .problem")).ToContainTextAsync("Expected:");
        await Expect(Page.Page.Locator("#records .record")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Page_shows_the_selected_one_of_several_events()
    {
        await Page.PasteAsync(
            """
            {"type":"track","userId":"user-1","event":"First"}
            {"type":"track","userId":"user-1","event":"Second"
            {"type":"track","userId":"user-1","event":"Third"}
            """
        );

        await Expect(Page.Page.Locator("#shown option"))
            .ToHaveTextAsync(["1. Track First (mapped)", "2. Not an event: NotJson (invalid)", "3. Track Third (mapped)"]);
        await Page.Page.SelectOptionAsync("#shown", "2");
        await Expect(Page.Field("evtName")).ToContainTextAsync("\"Third\"");
    }

    [Test]
    public async Task Page_offers_the_calls_of_the_guide_as_samples()
    {
        await Page.Page.SelectOptionAsync("#sample", new[] { "3" });
        await Expect(Page.Field("evtName")).ToContainTextAsync("\"Charged\"");

        await Page.Page.SelectOptionAsync("#sample", new[] { "all" });
        await Expect(Page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Send these 9 events" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task Page_shows_a_part_of_a_large_event_with_a_note()
    {
        string properties = string.Join(',', Enumerable.Range(0, 3000).Select(i => $"\"p{i}\":{i}"));
        await Page.PasteAsync($$$"""{"type":"track","userId":"user-1","event":"Large","properties":{{{{properties}}}}}""");

        await Expect(Page.Page.Locator("#records .record")).ToContainTextAsync("and 2503 more fields");
        await Expect(Page.Page.Locator("#lines-note")).ToContainTextAsync("of 3003 values");
        await Expect(Page.Page.Locator("#lines-note")).ToContainTextAsync("more lines are not shown");
    }

    [Test]
    public async Task Page_escapes_markup_in_events()
    {
        const string hostile = "<img src=x onerror=alert(1)></script><script>alert(2)</script>";
        await Page.PasteAsync(
            $$$"""
            [{"type":"identify","userId":"{{{hostile}}}","traits":{"name":"{{{hostile}}}","{{{hostile}}}":"{{{hostile}}}"}},
             {"type":"track","userId":"{{{hostile}}}","event":"{{{hostile}}}","messageId":"{{{hostile}}}","properties":{"{{{hostile}}}":"\ud800"}}]
            """
        );
        await Expect(Page.Field("profileData.Name")).ToContainTextAsync(hostile);

        await Page.Page.ClickAsync("#send");
        await Expect(Page.Sent).ToContainTextAsync("2 events: 2 Delivered");
        await Page.ShowStoredAsync();

        await Expect(Page.Page.Locator("#profiles .id")).ToHaveTextAsync([hostile]);
        await Expect(Page.Page.Locator("#profile-body strong")).ToHaveTextAsync([hostile]);
        Assert.That(await Page.Page.Locator("img, main script").CountAsync(), Is.Zero);
    }
}
