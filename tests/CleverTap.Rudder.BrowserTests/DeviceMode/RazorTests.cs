using CleverTap.Rudder.AspNetCore;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>The HTML of the Razor page, without a browser.</summary>
public sealed class RazorTests
{
    [Test]
    public async Task Tag_helper_renders_the_script()
    {
        await using Shop shop = await Shop.StartAsync(page => page.Track("</script><b>"), sdk: []);
        using var http = new HttpClient();

        string html = await http.GetStringAsync(new Uri(shop.Address));

        Assert.That(
            html,
            Does.Contain("<script nonce=\"bm9uY2U&#x2B;/w==\">(function(")
                .And.Contain("\\u003c/script\\u003e\\u003cb\\u003e")
                .And.Not.Contain("<clevertap-script")
        );
        Assert.That(html, Does.Not.Contain(Shop.Passcode));
    }
}
