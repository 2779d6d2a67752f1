using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using CleverTap.Rudder.Benchmarks.Generation;

namespace CleverTap.Rudder.Benchmarks.Load;

/// <summary>Sends router batches of 1000 events to a transformer service over kept-alive connections.</summary>
/// <remarks>
/// The bodies are created in advance, and each response is read completely. The first response to each body is checked to contain all of
/// its jobs. Passes of one second follow a warm-up; the command prints their median and the best of them.
/// </remarks>
internal static class RouterLoad
{
    private const int EventsPerBatch = 1000;
    private const int Bodies = 16;
    private const int Connections = 4;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pass = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(Uri service, string[] arguments)
    {
        int passes = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 10;
        byte[][] bodies = [.. Enumerable.Range(1, Bodies).Select(BodyOf)];
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = service };
        foreach (byte[] body in bodies)
        {
            await CheckAsync(http, body);
        }

        // Until the JIT of the service has optimized the code.
        await SendAsync(http, bodies, WarmUp);
        List<double> rates = [];
        for (int pass = 0; pass < passes; pass++)
        {
            var watch = Stopwatch.StartNew();
            int batches = await SendAsync(http, bodies, Pass);
            rates.Add(batches * EventsPerBatch / watch.Elapsed.TotalSeconds);
        }

        double bytesPerEvent = bodies.Average(body => body.Length) / EventsPerBatch;
        new ResultLine("router-http")
            .Add("events_per_s", rates.Median())
            .Add("best_events_per_s", rates.Max())
            .Add("mb_per_s", rates.Median() * bytesPerEvent / 1e6)
            .Add("bytes_per_event", bytesPerEvent)
            .Print();
        return 0;
    }

    /// <summary>Checks that the response to a body contains each of its jobs.</summary>
    private static async Task CheckAsync(HttpClient http, byte[] body)
    {
        using HttpResponseMessage response = await PostAsync(http, body);
        response.EnsureSuccessStatusCode();
        using JsonDocument json = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        int jobs = json.RootElement.GetProperty("output").EnumerateArray().Sum(item => item.GetProperty("metadata").GetArrayLength());
        if (jobs != EventsPerBatch)
        {
            throw new InvalidOperationException($"The response contains {jobs} of {EventsPerBatch} jobs");
        }
    }

    private static async Task<int> SendAsync(HttpClient http, byte[][] bodies, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        int sent = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(async connection =>
                {
                    var buffer = new byte[256 * 1024];
                    for (int i = connection; watch.Elapsed < time; i++)
                    {
                        using HttpResponseMessage response = await PostAsync(http, bodies[i % Bodies]);
                        response.EnsureSuccessStatusCode();
                        await using Stream stream = await response.Content.ReadAsStreamAsync();
                        while (await stream.ReadAsync(buffer) > 0)
                        {
                            continue;
                        }

                        Interlocked.Increment(ref sent);
                    }
                })
        );
        return sent;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/routerTransform")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static byte[] BodyOf(int seed)
    {
        using var stream = new MemoryStream();
        using var json = new Utf8JsonWriter(stream);
        var generator = new EventGenerator(seed);
        json.WriteStartObject();
        json.WriteString("destType", "clevertap");
        json.WriteStartArray("input");
        for (int i = 0; i < EventsPerBatch; i++)
        {
            json.WriteStartObject();
            json.WritePropertyName("message");
            generator.Write(json);
            json.WriteStartObject("metadata");
            json.WriteString("userId", $"<<>>anon-{i}<<>>user-{i}");
            json.WriteNumber("jobId", (seed * EventsPerBatch) + i);
            json.WriteString("sourceId", "2ABcdEF0");
            json.WriteString("destinationId", "2ABcdEF1");
            json.WriteNumber("attemptNum", 0);
            json.WriteString("receivedAt", "2024-02-20T23:42:30.566Z");
            json.WriteString("workspaceId", "2ABcdEF2");
            json.WriteEndObject();
            json.WritePropertyName("destination");
            json.WriteRawValue(
                """
                {"ID":"2ABcdEF1","Name":"CleverTap prod","Enabled":true,"Config":{"accountId":"476550467","passcode":"sample_passcode",
                 "region":"in1","trackAnonymous":true,"enableObjectIdMapping":true}}
                """
            );
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return stream.ToArray();
    }
}
