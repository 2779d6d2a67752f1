using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CleverTap.Rudder.Benchmarks.Throughput;

/// <summary>A server that reads each upload, waits for a given latency and responds with success.</summary>
/// <remarks>It measures how many uploads are in flight. Other requests, such as the first connection of a host, do not count.</remarks>
internal sealed class LatencyServer : IAsyncDisposable
{
    private static readonly byte[] Success = Encoding.UTF8.GetBytes("""{"status":"success","unprocessed":[]}""");

    private readonly object gate = new();
    private readonly Func<int, TimeSpan> latency;
    private readonly WebApplication server;
    private int requests;
    private int events;
    private int inFlight;
    private long first;
    private long lastChange;
    private double inFlightTime;
    private TimeSpan latencies;

    private LatencyServer(Func<int, TimeSpan> latency)
    {
        this.latency = latency;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        server = builder.Build();
        server.Run(RespondAsync);
    }

    public Uri Address => new(server.Urls.Single());

    /// <summary>The time from the start of the first upload to the end of the last.</summary>
    public TimeSpan Elapsed => TimeSpan.FromMilliseconds(lastChange - first);

    public double MeanInFlight => inFlightTime / Elapsed.TotalMilliseconds;

    public TimeSpan MeanLatency => latencies / requests;

    /// <summary>The number of events in all uploads.</summary>
    public int Events => events;

    public static async Task<LatencyServer> StartAsync(Func<int, TimeSpan> latency)
    {
        var started = new LatencyServer(latency);
        await started.server.StartAsync();
        return started;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task RespondAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method))
        {
            await AcceptUploadAsync(context.Request);
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Success.Length;
        await context.Response.Body.WriteAsync(Success);
    }

    private async Task AcceptUploadAsync(HttpRequest upload)
    {
        TimeSpan wait = Begin();
        using var body = new MemoryStream();
        await upload.Body.CopyToAsync(body);
        Interlocked.Add(ref events, body.GetBuffer().AsSpan(0, (int)body.Length).Count("\"evtName\""u8));
        await Task.Delay(wait);
        Change(-1);
    }

    private TimeSpan Begin()
    {
        Change(1);
        lock (gate)
        {
            TimeSpan wait = latency(++requests);
            latencies += wait;
            return wait;
        }
    }

    private void Change(int by)
    {
        lock (gate)
        {
            long now = Environment.TickCount64;
            first = first == 0 ? now : first;
            inFlightTime += inFlight * (now - (lastChange == 0 ? now : lastChange));
            lastChange = now;
            inFlight += by;
        }
    }
}
