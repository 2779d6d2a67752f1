using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CleverTap.Rudder.BrowserTests.Playground;

public sealed class KeyboardTests : PlaygroundFixture
{
    [Test]
    public async Task Tab_key_reaches_every_control()
    {
        List<string> reached = [];
        for (int i = 0; i < 30 && !reached.Contains("fault-lost"); i++)
        {
            await Page.Page.Keyboard.PressAsync("Tab");
            reached.Add(await FocusedAsync());
        }

        Assert.That(
            reached,
            Is.EqualTo(
                new[]
                {
                    "tab-transform",
                    "sample",
                    "input",
                    "options-summary",
                    "lines 0",
                    "default",
                    "records type",
                    "send",
                    "send-many",
                    "count",
                    "reject",
                    "fault-429",
                    "fault-500",
                    "fault-lost",
                }
            )
        );
    }

    [Test]
    public async Task Arrow_keys_move_through_fields_and_highlight_their_lines()
    {
        await Page.Page.Locator("#records [tabindex='0']").FocusAsync();
        for (int i = 0; i < 30 && !(await FocusedAsync()).EndsWith("profileData.Email", StringComparison.Ordinal); i++)
        {
            await Page.Page.Keyboard.PressAsync("ArrowDown");
        }

        await Expect(Page.LinkedLines).ToHaveTextAsync(["      \"email\": \"name@website.com\","]);
        await Expect(Page.Page.Locator("#lines .linked")).ToBeInViewportAsync();
    }

    [Test]
    public async Task Keyboard_sends_an_event_and_opens_its_profile()
    {
        await Page.Input.FocusAsync();
        await Page.Page.Keyboard.PressAsync("ControlOrMeta+Enter");
        await Expect(Page.Sent).ToContainTextAsync("1 Delivered");

        await Page.Page.Locator("#tab-transform").FocusAsync();
        await Page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Page.Page.Locator("#tab-stored")).ToBeFocusedAsync();
        await Expect(Page.Page.Locator("#profiles li")).ToHaveCountAsync(1);
        await Page.Page.Keyboard.PressAsync("Tab");
        await Expect(Page.Page.Locator("#forget")).ToBeFocusedAsync();
        await Page.Page.Keyboard.PressAsync("Tab");
        await Expect(Page.Page.Locator("#profiles li")).ToBeFocusedAsync();
    }

    [Test]
    public async Task Arrow_keys_select_profiles_and_keep_the_focus()
    {
        await Page.Page.ClickAsync("#send-many");
        await Expect(Page.Sent).ToContainTextAsync("200 Delivered", new() { Timeout = 60_000 });
        await Page.ShowStoredAsync();
        ILocator third = Page.Page.Locator("#profiles li").Nth(2);
        string id = await third.Locator(".id").TextContentAsync() ?? "";

        await Page.Page.Locator("#profiles li").First.FocusAsync();
        await Page.Page.Keyboard.PressAsync("ArrowDown");
        await Page.Page.Keyboard.PressAsync("ArrowDown");

        await Expect(Page.Page.Locator("#title-profile")).ToHaveTextAsync(id);
        await Expect(third).ToBeFocusedAsync();
        await Expect(third).ToHaveAttributeAsync("aria-selected", "true");
    }

    /// <summary>Gets the id of the focused element, or the list and the key of a focused option.</summary>
    private Task<string> FocusedAsync() =>
        Page.Page.EvaluateAsync<string>(
            """
            () => {
              const at = document.activeElement;
              return at.dataset.key === undefined ? at.id || at.value : `${at.closest('#records, #lines').id} ${at.dataset.key}`;
            }
            """
        );
}
