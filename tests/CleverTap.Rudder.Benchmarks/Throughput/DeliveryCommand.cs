using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CleverTap.Rudder.Benchmarks.Generation;
using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Benchmarks.Throughput;

/// <summary>Compares the delivery of records and events with a bare HttpClient that posts the same bodies to the same server.</summary>
/// <remarks>
/// The bodies are prepared in memory, and the number of requests in flight is the same. The server is the emulator, which validates each
/// record as CleverTap does. With "sink" it is a server that reads the body and responds with success, so the overhead counts most.
/// "transform-records" shows the share of the transformation in "send-events". The ways take turns within each pass. The command prints
/// the median of each way as a line of JSON.
/// </remarks>
internal static class DeliveryCommand
{
    private const int Events = 30_000;
    private const int Passes = 15;

    public static async Task<int> RunAsync(string[] names)
    {
        bool isSink = names.Contains("sink");
        await using WebApplication sink = await StartSinkAsync();
        await using CleverTapEmulator emulator = await CleverTapEmulator.StartAsync(
            new CleverTapEmulatorOptions
            {
                MaxStoredEvents = 0,
                MaxStoredProfiles = 0,
                MaxStoredRequests = 0,
                MaxStoredRejected = 0,
            }
        );
        var options = new CleverTapOptions
        {
            AccountId = emulator.AccountId,
            Passcode = emulator.Passcode,
            Endpoint = isSink ? new Uri(sink.Urls.Single()) : emulator.Endpoint,
        };
        await using ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .AddCleverTapDestination(set =>
                (set.AccountId, set.Passcode, set.Endpoint) = (options.AccountId, options.Passcode, options.Endpoint)
            )
            .Services.BuildServiceProvider();

        RudderEvent[] events = [.. GeneratedLines.Create(Events).Select(RudderEvent.Parse)];
        CleverTapRecord[] records = [.. events.SelectMany(rudderEvent => CleverTapTransformer.Default.Transform(rudderEvent).Records)];
        CleverTapRecord[][] uploads = [.. records.Chunk(options.MaxBatchRecords)];
        byte[][][] bodies =
        [
            .. uploads
                .Select(BodyOf)
                .Select((body, index) => (body, index))
                .GroupBy(one => one.index % options.MaxInFlight, one => one.body)
                .Select(lane => lane.ToArray()),
        ];

        var destination = services.GetRequiredService<ICleverTapDestination>();
        using HttpClient http = services.GetRequiredService<IHttpClientFactory>().CreateClient("CleverTap.Rudder");
        (string Name, Func<Task> Run)[] ways =
        [
            ("bare", () => PostAsync(http, options, bodies)),
            ("deliver-records", () => DeliverAsync(services, options, uploads)),
            (
                "transform-records",
                () => Task.FromResult(events.Sum(rudderEvent => CleverTapTransformer.Default.Transform(rudderEvent).Records.Count))
            ),
            ("send-events", async () => Require(await destination.SendAsync(events))),
        ];
        names = [.. names.Where(name => name != "sink")];
        if (names.Length > 0)
        {
            ways = [.. ways.Where(way => names.Contains(way.Name))];
        }

        var rates = ways.ToDictionary(way => way.Name, _ => new List<double>());
        var processor = ways.ToDictionary(way => way.Name, _ => new List<double>());
        for (int pass = -3; pass < Passes; pass++)
        {
            foreach ((string name, Func<Task> run) in ways)
            {
                var watch = Stopwatch.StartNew();
                TimeSpan before = Environment.CpuUsage.TotalTime;
                await run();
                if (pass < 0)
                {
                    continue;
                }

                rates[name].Add(events.Length / watch.Elapsed.TotalSeconds);
                processor[name].Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / events.Length);
            }
        }

        foreach ((string name, List<double> rate) in rates)
        {
            rate.Sort();
            processor[name].Sort();
            double median = rate[rate.Count / 2];
            double eventsPerUpload = (double)events.Length / bodies.Sum(lane => lane.Length);
            new ResultLine(name)
                .Add("events_per_s", median)
                .Add("ratio_to_bare", median / rates[ways[0].Name][Passes / 2], decimals: 2)
                .Add("latency_ms_per_upload", options.MaxInFlight * 1000.0 * eventsPerUpload / median, decimals: 1)
                .Add("cpu_us_per_event", processor[name][Passes / 2], decimals: 1)
                .Print();
        }

        return 0;
    }

    private static Task PostAsync(HttpClient http, CleverTapOptions options, byte[][][] lanes) =>
        Task.WhenAll(
            lanes.Select(async bodies =>
            {
                foreach (byte[] body in bodies)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Endpoint!, "1/upload"))
                    {
                        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
                    };
                    request.Headers.Add("X-CleverTap-Account-Id", options.AccountId);
                    request.Headers.Add("X-CleverTap-Passcode", options.Passcode);
                    using HttpResponseMessage response = await http.SendAsync(request);
                    response.EnsureSuccessStatusCode();
                    await response.Content.ReadAsByteArrayAsync();
                }
            })
        );

    /// <summary>Uploads records with the client, with as many uploads in flight as the engine allows.</summary>
    private static async Task DeliverAsync(IServiceProvider services, CleverTapOptions options, CleverTapRecord[][] uploads)
    {
        int next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, options.MaxInFlight)
                .Select(async _ =>
                {
                    int index;
                    while ((index = Interlocked.Increment(ref next)) < uploads.Length)
                    {
                        CleverTapResponse response = await services.GetRequiredService<CleverTapClient>().UploadAsync(uploads[index]);
                        if (response.Status != ResponseStatus.Success)
                        {
                            throw new InvalidOperationException("Every record should be delivered");
                        }
                    }
                })
        );
    }

    private static void Require(DeliveryReport report)
    {
        if (report.Delivered.Count() != report.Count)
        {
            throw new InvalidOperationException($"Every event should be delivered, not {report}");
        }
    }

    private static byte[] BodyOf(CleverTapRecord[] upload)
    {
        using var body = new UploadContent(upload);
        return body.ReadAsByteArrayAsync().GetAwaiter().GetResult();
    }

    private static async Task<WebApplication> StartSinkAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication sink = builder.Build();
        byte[] success = Encoding.UTF8.GetBytes("""{"status":"success","unprocessed":[]}""");
        sink.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = success.Length;
            await context.Response.Body.WriteAsync(success);
        });
        await sink.StartAsync();
        return sink;
    }
}
