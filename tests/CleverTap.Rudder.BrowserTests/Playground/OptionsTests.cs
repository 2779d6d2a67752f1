using static Microsoft.Playwright.Assertions;

namespace CleverTap.Rudder.BrowserTests.Playground;

public sealed class OptionsTests : PlaygroundFixture
{
    private const string Identify = """
        {
          "type": "identify", "userId": "user-7", "anonymousId": "anon-7", "timestamp": "2026-03-02T10:25:00Z",
          "traits": {"phone": "(0151) 2345-6789", "address": {"city": "Berlin"}, "interests": ["books", "music"], "since": "2024-05-01"}
        }
        """;

    private const string Order = """
        {
          "type": "track", "userId": "user-7", "event": "Order Completed", "timestamp": "2026-03-02T10:05:00Z",
          "properties": {"order_id": "o-1", "revenue": "19,99 EUR", "coupon": null, "products": [{"name": "Mug"}, "sku-2"]}
        }
        """;

    [SetUp]
    public Task OpenOptions() => Page.OpenOptionsAsync();

    [TestCase("NestedValues", "Flatten", "profileData.address_city", "\"Berlin\"")]
    [TestCase("NestedValues", "Keep", "profileData.address.city", "\"Berlin\"")]
    [TestCase("MultiValueArrays", "true", "profileData.interests.$set[0]", "\"books\"")]
    [TestCase("LinkAnonymousProfiles", "true", "profileData.identity", "\"user-7\"")]
    public async Task Selected_option_changes_the_record(string key, string choice, string field, string value)
    {
        await Page.PasteAsync(Identify);
        await Expect(Page.Field("profileData.Phone")).ToBeVisibleAsync();

        await Page.Option(key).SelectOptionAsync(choice);

        await Expect(Page.Field(field)).ToContainTextAsync(value);
    }

    [TestCase("DateFields", "since, until", "profileData.since", "\"$D_1714521600\"")]
    [TestCase("PhoneCountryCode", "+49", "profileData.Phone", "\"+4915123456789\"")]
    public async Task Typed_option_changes_the_record_and_its_warnings(string key, string text, string field, string value)
    {
        await Page.PasteAsync(Identify);
        await Expect(Page.Page.Locator("#warnings li")).ToHaveCountAsync(2);

        await Page.Option(key).FillAsync(text);

        await Expect(Page.Field(field)).ToContainTextAsync(value);
        await Expect(Page.Page.Locator("#warnings li")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Option_that_is_switched_off_changes_the_record()
    {
        await Page.PasteAsync(Order);
        await Expect(Page.Field("evtData.Items[0].name")).ToBeVisibleAsync();
        await Expect(Page.Field("evtData.coupon")).ToHaveCountAsync(0);

        await Page.Option("OmitNullProperties").SelectOptionAsync("false");

        await Expect(Page.Field("evtData.coupon")).ToContainTextAsync("null");
    }

    [Test]
    public async Task ViewNameFallback_selects_the_name_of_a_page()
    {
        await Page.PasteAsync("""{"type":"page","userId":"user-7","context":{"page":{"title":"Pricing","path":"/pricing"}}}""");
        await Expect(Page.Field("evtName")).ToContainTextAsync("\"Web Page Viewed: Pricing\"");

        await Page.Option("ViewNameFallback").SelectOptionAsync("Path");

        await Expect(Page.Field("evtName")).ToContainTextAsync("\"Web Page Viewed: /pricing\"");
    }

    [Test]
    public async Task Option_applies_to_both_presets_and_their_differences()
    {
        await Page.PasteAsync("""{"type":"identify","userId":"user-7","traits":{"plan":"pro","Identity":"verified"}}""");
        await Expect(Page.Page.Locator("#differences tr.only-parity")).ToContainTextAsync(["profileData.Identity"]);

        await Page.Option("GuardIdentityFields").SelectOptionAsync("true");

        await Expect(Page.Page.Locator("#differences")).ToContainTextAsync("Nowhere: both give the same.");
    }

    [Test]
    public async Task Options_panel_lists_the_differences_of_the_presets()
    {
        await Expect(Page.Page.Locator("#options section").First).ToContainTextAsync("Where the presets differ");
        await Expect(Page.Page.Locator("#options section").First).ToContainTextAsync("Default: Title; RudderTransformer: None");
        await Expect(Page.Page.Locator("#options section").Last).ToContainTextAsync("Both: Text");
    }

    [Test]
    public async Task Page_shows_the_error_of_a_wrong_option_until_it_is_corrected()
    {
        await Page.Option("PhoneCountryCode").FillAsync("abc");

        await Expect(Page.OptionError).ToContainTextAsync("Mapping:PhoneCountryCode must be one to three digits");
        await Expect(Page.ResultSummary).ToHaveTextAsync("An option is wrong: see Options.");

        await Page.Option("PhoneCountryCode").FillAsync("49");
        await Expect(Page.OptionError).ToBeHiddenAsync();
        await Expect(Page.Field("profileData.Email")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Reset_restores_the_presets()
    {
        await Page.PasteAsync(Identify);
        await Page.Option("NestedValues").SelectOptionAsync("Flatten");
        await Page.Option("DateFields").FillAsync("since");
        await Expect(Page.Page.Locator("#options-count")).ToHaveTextAsync("2 options set");

        await Page.Page.ClickAsync("#options-reset");

        await Expect(Page.Page.Locator("#options-count")).ToHaveTextAsync("as in the presets");
        await Expect(Page.Field("profileData.since")).ToContainTextAsync("\"2024-05-01\"");
    }

    [Test]
    public async Task Page_shows_warnings_with_code_field_and_message()
    {
        await Page.PasteAsync(Order);

        await Expect(Page.Page.Locator("#warnings li")).ToHaveCountAsync(2);
        await Expect(Page.Page.Locator("#warnings li strong")).ToHaveTextAsync(["AmountNotNumeric", "ItemOmitted"]);
        await Expect(Page.Page.Locator("#warnings li code")).ToHaveTextAsync(["Amount", "Items"]);
        await Expect(Page.Page.Locator("#warnings li").First).ToContainTextAsync("send revenue as a number");

        await Page.Option("CheckRules").SelectOptionAsync("false");
        await Expect(Page.Page.Locator("#warnings")).ToHaveTextAsync("Nothing was looked at: CheckRules is off.");
    }

    [TestCase("warns of trial_ends", "DateIsText")]
    [TestCase("warns of Amount and Items", "AmountNotNumeric")]
    [TestCase("warns of MSG-push-all", "MessagingFlagNotBoolean")]
    [TestCase("warns of identity", "IdentityFieldOmitted")]
    [TestCase("warns of ts", "TimestampInFuture")]
    public async Task Sample_shows_the_warning_of_its_pitfall(string label, string code)
    {
        string? value = await Page.Page.Locator("#sample option", new() { HasText = label }).Last.GetAttributeAsync("value");

        await Page.Page.SelectOptionAsync("#sample", new[] { value! });

        await Expect(Page.Page.Locator("#warnings")).ToContainTextAsync(code);
    }
}
