using BenchmarkDotNet.Attributes;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>Measures transforming 10,000 parsed events and delivering them over loopback to an emulator that stores nothing.</summary>
[MemoryDiagnoser]
public class DeliverySuite
{
    private const int Events = 10_000;

    private readonly RudderEvent[] events = [.. SuiteEvents.CreateMixed(Events).Select(json => RudderEvent.Parse(json))];
    private CleverTapEmulator? cleverTap;
    private ServiceProvider? services;
    private ICleverTapDestination? destination;

    [Params(1, 3)]
    public int MaxInFlight { get; set; }

    [GlobalSetup]
    public async Task StartAsync()
    {
        cleverTap = await CleverTapEmulator.StartAsync(
            new CleverTapEmulatorOptions
            {
                MaxStoredEvents = 0,
                MaxStoredProfiles = 0,
                MaxStoredRequests = 0,
                MaxStoredRejected = 0,
            }
        );
        services = new ServiceCollection()
            .AddLogging()
            .AddCleverTapDestination(options =>
            {
                (options.AccountId, options.Passcode, options.Endpoint) = (cleverTap.AccountId, cleverTap.Passcode, cleverTap.Endpoint);
                options.MaxInFlight = MaxInFlight;
            })
            .Services.BuildServiceProvider();
        destination = services.GetRequiredService<ICleverTapDestination>();
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public async Task<int> SendAsync()
    {
        DeliveryReport report = await destination!.SendAsync(events);
        int delivered = report.Delivered.Count();
        return delivered == Events ? delivered : throw new InvalidOperationException($"Every event should be delivered, not {report}");
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await services!.DisposeAsync();
        await cleverTap!.DisposeAsync();
    }
}
