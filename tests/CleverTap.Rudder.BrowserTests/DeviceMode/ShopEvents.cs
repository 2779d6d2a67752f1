using CleverTap.Rudder.AspNetCore;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>What happens in the shop while its page is rendered.</summary>
public sealed class ShopEvents
{
    /// <summary>With what stands in Base64 and in attributes by an escape.</summary>
    public const string Nonce = "bm9uY2U+/w==";

    public ShopEvents(ICleverTapPage page, Action<ICleverTapPage> happen)
    {
        happen(page);
        Calls = [.. page.Calls.Select(call => call.ToJson())];
    }

    public IReadOnlyList<string> Calls { get; }
}
