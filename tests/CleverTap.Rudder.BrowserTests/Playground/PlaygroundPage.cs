using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CleverTap.Rudder.BrowserTests.Playground;

/// <summary>The page in a browser, with the errors of its console.</summary>
internal sealed class PlaygroundPage
{
    private readonly List<string> consoleErrors = [];

    private PlaygroundPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                consoleErrors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => consoleErrors.Add(error);
        page.RequestFailed += (_, request) => consoleErrors.Add($"{request.Url}: {request.Failure}");
        page.Dialog += (_, dialog) => consoleErrors.Add($"A dialog opened: {dialog.Message}");
    }

    public IPage Page { get; }

    /// <summary>The errors, warnings, failed requests and dialogs of the page.</summary>
    public IReadOnlyList<string> ConsoleErrors => consoleErrors;

    public ILocator Input => Page.Locator("#input");

    public ILocator ResultSummary => Page.Locator("#verdict");

    public ILocator Sent => Page.Locator("#sent");

    /// <summary>The library's error for a wrong option.</summary>
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

    /// <summary>Finds the row of a field.</summary>
    public ILocator Field(string path) => Page.Locator($"#records [data-key='{path}']");

    /// <summary>Finds the control of an option by its key in configuration.</summary>
    public ILocator Option(string key) => Page.Locator($"#options [name='{key}']");

    public Task OpenOptionsAsync() => Page.ClickAsync("#options-summary");

    /// <summary>The highlighted lines of the event.</summary>
    public ILocator LinkedLines => Page.Locator("#lines .linked .code");

    /// <summary>Replaces the input, as pasting does.</summary>
    public async Task PasteAsync(string text)
    {
        await Input.FocusAsync();
        await Page.Keyboard.PressAsync("ControlOrMeta+A");
        await Page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>Moves a slider with the keyboard.</summary>
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

    /// <summary>Takes a screenshot of the whole page, in a window as high as the page, so that the dock is at the bottom.</summary>
    public async Task<byte[]> ScreenshotAsync()
    {
        int height = await Page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        (int Width, int Height) window = (Page.ViewportSize!.Width, Page.ViewportSize.Height);
        await Page.SetViewportSizeAsync(window.Width, height);
        byte[] screenshot = await Page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled });
        await Page.SetViewportSizeAsync(window.Width, window.Height);
        return screenshot;
    }

    /// <summary>Finds texts whose contrast is below 4.5 to 1 (WCAG level AA).</summary>
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

    /// <summary>Gets the horizontal overflow of the page, in pixels.</summary>
    public Task<int> GetHorizontalOverflowAsync() =>
        Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
