using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CleverTap.Rudder.Benchmarks.Generation;
using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

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
    private const int Passes = 31;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MinPassTime = TimeSpan.FromMilliseconds(100);

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

        double eventsPerUpload = (double)events.Length / bodies.Sum(lane => lane.Length);
        List<Result> results = [.. ways.Select(way => new Result(way.Name, way.Run))];
        foreach (Result result in results)
        {
            // Until the JIT has optimized the code.
            var warm = Stopwatch.StartNew();
            while (warm.Elapsed < WarmUp)
            {
                await result.Run();
            }
        }

        for (int pass = 0; pass < Passes; pass++)
        {
            foreach (Result result in results)
            {
                await result.MeasureAsync(events.Length);
            }
        }

        Result? transform = results.Find(result => result.Name == "transform-records");
        foreach (Result result in results)
        {
            var line = new ResultLine(result.Name)
                .Add("events_per_s", result.MedianRate)
                .Add("best_events_per_s", result.BestRate)
                .Add("ratio_to_bare", result.MedianRate / results[0].MedianRate, decimals: 2)
                .Add("best_ratio_to_bare", result.BestRate / results[0].BestRate, decimals: 2)
                .Add("latency_ms_per_upload", options.MaxInFlight * 1000.0 * eventsPerUpload / result.MedianRate, decimals: 1)
                .Add("cpu_us_per_event", result.MedianProcessorTime, decimals: 1)
                .Add("alloc_per_event", result.MedianAllocation);
            if (transform is not null && result.Name == "send-events")
            {
                line.Add("ratio_to_transform_records", result.MedianRate / transform.MedianRate, decimals: 2)
                    .Add("best_ratio_to_transform_records", result.BestRate / transform.BestRate, decimals: 2);
            }

            line.Print();
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

    /// <summary>The passes of one way.</summary>
    private sealed class Result(string name, Func<Task> run)
    {
        private readonly List<double> rates = [];
        private readonly List<double> processorTimes = [];
        private readonly List<double> allocations = [];

        public string Name => name;

        public Func<Task> Run => run;

        public double MedianRate => rates.Median();

        public double BestRate => rates.Max();

        /// <summary>The time of all cores for an event, in microseconds.</summary>
        public double MedianProcessorTime => processorTimes.Median();

        /// <summary>The bytes that the process allocates for an event.</summary>
        public double MedianAllocation => allocations.Median();

        public async Task MeasureAsync(int eventsPerRun)
        {
            int events = 0;
            TimeSpan processorTime = Environment.CpuUsage.TotalTime;
            long allocated = GC.GetTotalAllocatedBytes();
            var watch = Stopwatch.StartNew();
            do
            {
                await run();
                events += eventsPerRun;
            } while (watch.Elapsed < MinPassTime);
            rates.Add(events / watch.Elapsed.TotalSeconds);
            processorTimes.Add((Environment.CpuUsage.TotalTime - processorTime).TotalMicroseconds / events);
            allocations.Add((GC.GetTotalAllocatedBytes() - allocated) / (double)events);
        }
    }
}
