namespace CleverTap.Rudder.BrowserTests.Playground;

/// <summary>Tests of the page: a browser for all of them, a playground of its own for each.</summary>
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

    /// <summary>Whatever a test is about, the console stays empty.</summary>
    [TearDown]
    public async Task Close()
    {
        // Each may be missing where the setup failed. What closing cuts off is no complaint.
        string[] complaints = [.. Page?.ConsoleErrors ?? []];
        if (Page is not null)
        {
            await Page.Page.CloseAsync();
        }

        if (playground is not null)
        {
            await playground.DisposeAsync();
        }

        Assert.That(complaints, Is.Empty);
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
