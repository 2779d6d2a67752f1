using Microsoft.Playwright;

namespace CleverTap.Rudder.BrowserTests;

public sealed class ChromiumTests
{
    [Test]
    public async Task Chromium_runs_scripts()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        IPage page = await chromium.Browser.NewPageAsync();

        await page.SetContentAsync("<p>none</p><script>document.querySelector('p').textContent = 1 + 1</script>");

        Assert.That(await page.TextContentAsync("p"), Is.EqualTo("2"));
    }
}
