using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests;

/// <summary>
/// A CleverTap server on a loopback port that fails each upload with a poison event, with status 500 or by dropping the connection. Its
/// delay can be set, and it records the stored events. It shares no code with the library.
/// </summary>
internal sealed class PoisonEventServer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task serving;
    private int inFlight;
    private long busyTicks;
    private long inFlightTicks;
    private long lastChange = Environment.TickCount64;
    private int requests;

    public PoisonEventServer()
    {
        int port = FreePort();
        Endpoint = new Uri($"http://127.0.0.1:{port}/");
        listener.Prefixes.Add(Endpoint.AbsoluteUri);
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Endpoint { get; }

    /// <summary>Whether the server drops the connection instead of responding with 500.</summary>
    public bool DropsConnections { get; init; }

    /// <summary>The delay of a request by its number.</summary>
    public Func<int, TimeSpan> Latency { get; init; } = _ => TimeSpan.Zero;

    public int Requests => requests;

    /// <summary>The names of the stored events of each user, in order.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<string>> Stored { get; } = new();

    public int StoredCount => Stored.Values.Sum(names => names.Count);

    /// <summary>The average number of uploads in flight while at least one was in flight.</summary>
    public double MeanInFlight { get; private set; }

    /// <summary>Makes two of a hundred requests take 5 s instead of 0.2 s.</summary>
    public static TimeSpan SlowTail(int number) => TimeSpan.FromMilliseconds(number is 5 or 55 ? 5000 : 200);

    public void AssertSlotsAreBusy()
    {
        TestContext.Out.WriteLine($"{MeanInFlight:0.00} of 3 uploads in flight on average, {Requests} requests");
        Assert.That(MeanInFlight, Is.GreaterThan(2.7));
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                HttpListenerContext context = await listener.GetContextAsync();
                _ = Task.Run(() => ResponseAsync(context));
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ResponseAsync(HttpListenerContext context)
    {
        int number = Interlocked.Increment(ref requests);
        Change(1);
        try
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            JsonElement[] records = [.. JsonDocument.Parse(body.ToArray()).RootElement.GetProperty("d").EnumerateArray()];
            await Task.Delay(Latency(number));
            Response(context, records);
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client has closed the connection.
        }
        finally
        {
            Change(-1);
        }
    }

    private void Response(HttpListenerContext context, JsonElement[] records)
    {
        if (Array.Exists(records, record => record.GetProperty("evtName").GetString() == "culprit"))
        {
            if (DropsConnections)
            {
                context.Response.Abort();
                return;
            }

            context.Response.StatusCode = 500;
            context.Response.Close();
            return;
        }

        foreach (JsonElement record in records)
        {
            Stored.GetOrAdd(record.GetProperty("identity").GetString()!, _ => new()).Enqueue(record.GetProperty("evtName").GetString()!);
        }

        byte[] json = Encoding.UTF8.GetBytes($$"""{"status":"success","processed":{{records.Length}},"unprocessed":[]}""");
        context.Response.ContentType = "application/json";
        context.Response.Close(json, willBlock: false);
    }

    private void Change(int by)
    {
        lock (listener)
        {
            long now = Environment.TickCount64;
            if (inFlight > 0)
            {
                busyTicks += now - lastChange;
                inFlightTicks += (now - lastChange) * inFlight;
                MeanInFlight = busyTicks == 0 ? 0 : (double)inFlightTicks / busyTicks;
            }

            lastChange = now;
            inFlight += by;
        }
    }
}
