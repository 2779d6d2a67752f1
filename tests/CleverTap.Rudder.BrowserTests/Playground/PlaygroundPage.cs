using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CleverTap.Rudder.BrowserTests.Playground;

/// <summary>The page in a browser, and everything that its console said.</summary>
internal sealed class PlaygroundPage
{
    private readonly List<string> complaints = [];

    private PlaygroundPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.RequestFailed += (_, request) => complaints.Add($"{request.Url}: {request.Failure}");
        page.Dialog += (_, dialog) => complaints.Add($"A dialog opened: {dialog.Message}");
    }

    public IPage Page { get; }

    /// <summary>What no page should say.</summary>
    public IReadOnlyList<string> ConsoleErrors => complaints;

    public ILocator Input => Page.Locator("#input");

    public ILocator ResultSummary => Page.Locator("#verdict");

    public ILocator Sent => Page.Locator("#sent");

    /// <summary>The library's error of an option that is set wrongly.</summary>
    public ILocator OptionError => Page.Locator("#options-error");

    public static async Task<PlaygroundPage> OpenAsync(
        IBrowser browser,
        string address,
        int width = 1440,
        int height = 1000,
        ColorScheme scheme = ColorScheme.Light
    )
    {
        IPage page = await browser.NewPageAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
                ColorScheme = scheme,
            }
        );
        var opened = new PlaygroundPage(page);
        await page.GotoAsync(address);
        await Expect(opened.ResultSummary).ToHaveTextAsync("1 record, 2 warnings");
        return opened;
    }

    /// <summary>The row of a field of the shown records.</summary>
    public ILocator Field(string path) => Page.Locator($"#records [data-key='{path}']");

    /// <summary>The control of an option, by its key in configuration.</summary>
    public ILocator Option(string key) => Page.Locator($"#options [name='{key}']");

    public Task OpenOptionsAsync() => Page.ClickAsync("#options-summary");

    /// <summary>The lines of the event that are lit.</summary>
    public ILocator LinkedLines => Page.Locator("#lines .linked .code");

    /// <summary>Puts a text in the place of the one that is there, as pasting does.</summary>
    public async Task PasteAsync(string text)
    {
        await Input.FocusAsync();
        await Page.Keyboard.PressAsync("ControlOrMeta+A");
        await Page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>Moves a slider as a person does, from the keyboard.</summary>
    public async Task SetSliderAsync(string name, int value)
    {
        ILocator slider = Page.GetByRole(AriaRole.Slider, new() { Name = name, Exact = false });
        await slider.FocusAsync();
        await Page.Keyboard.PressAsync("Home");
        for (int step = 0; step < value / 5; step++)
        {
            await Page.Keyboard.PressAsync("ArrowRight");
        }

        await Expect(slider).ToHaveValueAsync($"{value}");
    }

    public Task ShowStoredAsync() => Page.GetByRole(AriaRole.Tab, new() { Name = "Inside CleverTap" }).ClickAsync();

    /// <summary>A picture of the whole page, in a window as high as the page: the dock stays where it belongs.</summary>
    public async Task<byte[]> ScreenshotAsync()
    {
        int height = await Page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        (int Width, int Height) window = (Page.ViewportSize!.Width, Page.ViewportSize.Height);
        await Page.SetViewportSizeAsync(window.Width, height);
        byte[] picture = await Page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled });
        await Page.SetViewportSizeAsync(window.Width, window.Height);
        return picture;
    }

    /// <summary>The texts that stand out from their background by less than the 4.5 to 1 of WCAG's level AA.</summary>
    public Task<string[]> FindLowContrastTextsAsync() =>
        Page.EvaluateAsync<string[]>(
            """
            () => {
              const parts = color => color.match(/[\d.]+/g).map(Number);
              const light = color => parts(color).slice(0, 3).map(part => part / 255)
                .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
              const behind = element => {
                const color = getComputedStyle(element).backgroundColor;
                return parts(color)[3] === 0 && element.parentElement ? behind(element.parentElement) : color;
              };
              const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
              return [...document.body.querySelectorAll("*")]
                .filter(element => element.checkVisibility() && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim() !== ""))
                .filter(element => ratio(light(getComputedStyle(element).color), light(behind(element))) < 4.5)
                .map(element => `${element.tagName} ${element.className}: ${element.textContent.slice(0, 40)}`);
            }
            """
        );

    /// <summary>How far the page goes beyond its right edge, in pixels.</summary>
    public Task<int> GetHorizontalOverflowAsync() =>
        Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
