using CleverTap.Rudder.AspNetCore;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>Runs the code of a test while the page is rendered.</summary>
public sealed class ShopEvents
{
    /// <summary>A nonce with the characters of Base64 that attributes escape.</summary>
    public const string Nonce = "bm9uY2U+/w==";

    public ShopEvents(ICleverTapPage page, Action<ICleverTapPage> render)
    {
        render(page);
        Calls = [.. page.Calls.Select(call => call.ToJson())];
    }

    public IReadOnlyList<string> Calls { get; }
}
