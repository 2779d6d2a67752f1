namespace CleverTap.Rudder.BrowserTests.Playground;

/// <summary>Tests of the page share a browser; each test has its own Playground process.</summary>
public abstract class PlaygroundFixture
{
    private Chromium chromium = null!;
    private PlaygroundProcess playground = null!;

    private protected PlaygroundPage Page { get; private set; } = null!;

    private protected Chromium Chromium => chromium;

    private protected string Address => playground.Address;

    [OneTimeSetUp]
    public async Task StartBrowser()
    {
        chromium = await Chromium.StartAsync();
        Microsoft.Playwright.Assertions.SetDefaultExpectTimeout(20_000);
    }

    [SetUp]
    public async Task Open()
    {
        playground = await PlaygroundProcess.StartAsync();
        Page = await PlaygroundPage.OpenAsync(chromium.Browser, Address);
    }

    /// <summary>Checks after every test that the console of the browser is empty.</summary>
    [TearDown]
    public async Task Close()
    {
        // The errors are copied first, because closing the page aborts requests. Both may be null if the setup failed.
        string[] errors = [.. Page?.ConsoleErrors ?? []];
        if (Page is not null)
        {
            await Page.Page.CloseAsync();
        }

        if (playground is not null)
        {
            await playground.DisposeAsync();
        }

        Assert.That(errors, Is.Empty);
    }

    [OneTimeTearDown]
    public async Task StopBrowser()
    {
        if (chromium is not null)
        {
            await chromium.DisposeAsync();
        }
    }
}
