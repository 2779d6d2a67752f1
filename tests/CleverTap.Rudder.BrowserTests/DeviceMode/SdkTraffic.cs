using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.Playwright;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>Intercepts the requests of the SDK, responds as CleverTap does, and decompresses the messages.</summary>
internal sealed class SdkTraffic
{
    private readonly ConcurrentQueue<Uri> requests = new();
    private readonly IPage unpacker;

    private SdkTraffic(IPage unpacker) => this.unpacker = unpacker;

    /// <summary>All requests to hosts of CleverTap.</summary>
    public IEnumerable<Uri> Requests => requests;

    /// <summary>The hosts of other requests, except those to the page's own host.</summary>
    public ConcurrentQueue<string> UnexpectedHosts { get; } = new();

    /// <param name="page">The page in which the SDK runs.</param>
    /// <param name="lzString">The script that decompresses the messages.</param>
    public static async Task<SdkTraffic> CaptureAsync(IPage page, byte[] lzString)
    {
        IPage unpacker = await page.Context.Browser!.NewPageAsync();
        await unpacker.SetContentAsync("<title>unpacker</title>");
        await unpacker.AddScriptTagAsync(new() { Content = Encoding.UTF8.GetString(lzString) });
        var traffic = new SdkTraffic(unpacker);
        await page.RouteAsync("**/*", traffic.RespondAsync);
        return traffic;
    }

    /// <summary>Reads the messages so far (<c>type=push</c>), without the SDK's own events.</summary>
    public async Task<IReadOnlyList<JsonObject>> MessagesAsync()
    {
        List<JsonObject> messages = [];
        foreach (Uri request in requests)
        {
            var query = HttpUtility.ParseQueryString(request.Query);
            if (query["type"] != "push")
            {
                continue;
            }

            string json = await unpacker.EvaluateAsync<string>("packed => LZString.decompressFromBase64(packed)", query["d"]);
            JsonObject message = JsonNode.Parse(json)!.AsObject();
            if (message["evtName"]?.GetValue<string>() != "wzrk_fetch")
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    /// <summary>Waits up to 10 s for a number of messages.</summary>
    public async Task<IReadOnlyList<JsonObject>> MessagesAsync(int count)
    {
        for (int attempt = 0; attempt < 100; attempt++)
        {
            IReadOnlyList<JsonObject> messages = await MessagesAsync();
            if (messages.Count >= count)
            {
                return messages;
            }

            await Task.Delay(100);
        }

        Assert.Fail($"The SDK sent {(await MessagesAsync()).Count} messages in 10 s, not {count}");
        return [];
    }

    private Task RespondAsync(IRoute route)
    {
        var address = new Uri(route.Request.Url);
        if (address.IsLoopback)
        {
            return route.ContinueAsync();
        }

        if (!address.Host.EndsWith(".clevertap-prod.com", StringComparison.Ordinal))
        {
            UnexpectedHosts.Enqueue(address.Host);
            return route.AbortAsync();
        }

        // CleverTap responds with a script that contains the ids of the device and the session, and the number of the request.
        requests.Enqueue(address);
        string number = HttpUtility.ParseQueryString(address.Query)["rn"] ?? "0";
        return route.FulfillAsync(new() { ContentType = "text/javascript", Body = $"$WZRK_WR.s('device-1',1700000000,true,{number})" });
    }
}
