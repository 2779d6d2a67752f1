using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.AotSmoke;

/// <summary>Delivers one event and prints a timestamp after each step, for the benchmark <c>startup</c>.</summary>
internal static class StartupHost
{
    private const string Event = """
        {"type":"track","messageId":"m-1","userId":"user-1","anonymousId":"device-1","originalTimestamp":"2024-03-01T10:00:00Z",
         "event":"Checked Out","properties":{"revenue":2000,"items":["T-Shirt","Jacket"]},"context":{"os":{"name":"Android"}}}
        """;

    /// <param name="endpoint">The server that accepts the event.</param>
    /// <param name="isValidated">Whether the options are validated.</param>
    public static async Task RunAsync(string endpoint, bool isValidated)
    {
        List<long> timestamps = [Stopwatch.GetTimestamp()];
        var services = new ServiceCollection();
        services
            .AddLogging()
            .AddCleverTapDestination(options =>
                (options.AccountId, options.Passcode, options.Endpoint) = ("account", "passcode", new Uri(endpoint))
            );
        if (!isValidated)
        {
            services.RemoveAll<IValidateOptions<CleverTapOptions>>();
        }

        await using ServiceProvider provider = services.BuildServiceProvider();
        timestamps.Add(Stopwatch.GetTimestamp());

        _ = provider.GetRequiredService<IOptionsMonitor<CleverTapOptions>>().CurrentValue;
        timestamps.Add(Stopwatch.GetTimestamp());

        var rudderEvent = RudderEvent.Parse(Event);
        _ = CleverTapTransformer.Default.Transform(rudderEvent);
        timestamps.Add(Stopwatch.GetTimestamp());

        DeliveryReport report = await provider.GetRequiredService<ICleverTapDestination>().SendAsync([rudderEvent]);
        timestamps.Add(Stopwatch.GetTimestamp());

        if (report[0].Kind != OutcomeKind.Delivered)
        {
            throw new InvalidOperationException($"The event should be delivered, not {report[0]}");
        }

        Console.WriteLine(string.Join(' ', timestamps));
    }
}
