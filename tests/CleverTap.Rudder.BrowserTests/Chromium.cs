using Microsoft.Playwright;

namespace CleverTap.Rudder.BrowserTests;

/// <summary>The Chromium that is installed on this machine, headless. Tests are ignored if there is none.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly IPlaywright playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    /// <summary>Starts the browser, or ignores the calling test if no Chromium is installed.</summary>
    public static async Task<Chromium> StartAsync()
    {
        string[] folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        string? executable = folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        if (executable is null)
        {
            Assert.Ignore($"No browser found: looked for {string.Join(", ", Names)} in PATH");
        }

        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = Flags });
        return new Chromium(playwright, browser);
    }

    /// <summary>Saves a file such as a screenshot in the folder <c>browser</c>, and attaches it to the result of the test.</summary>
    public static void SaveArtifact(string name, byte[] content)
    {
        string folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "browser");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        TestContext.AddTestAttachment(path);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
    }
}
