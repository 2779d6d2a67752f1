using System.Collections.Concurrent;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Tests with a queue whose handlers record what they are called with.</summary>
public abstract class OutcomeHandlerFixture
{
    /// <summary>The delay before a retry by the fake clock.</summary>
    private protected static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);

    private protected ConcurrentQueue<string> Notified { get; } = new();

    private protected string Folder { get; private set; } = null!;

    private protected CleverTapEmulator CleverTap { get; private set; } = null!;

    [SetUp]
    public async Task StartCleverTap()
    {
        Notified.Clear();
        Folder = Directory.CreateTempSubdirectory("handlers-").FullName;
        CleverTap = await CleverTapEmulator.StartAsync();
    }

    [TearDown]
    public async Task StopCleverTap()
    {
        await CleverTap.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private protected static string NameOf(RudderEvent rudderEvent) => ((TrackEvent)rudderEvent).Event!;

    private protected static async Task EnqueueAsync(IHost host, params string[] names)
    {
        foreach (string name in names)
        {
            await host
                .Services.GetRequiredService<ICleverTapQueue>()
                .EnqueueAsync(
                    new TrackEvent
                    {
                        MessageId = $"m-{name}",
                        UserId = $"u-{name}",
                        Event = name,
                        OriginalTimestamp = DateTimeOffset.UtcNow,
                    }
                );
        }
    }

    /// <summary>Advances the clock by the delay of a retry until a condition is met.</summary>
    private protected static Task AdvanceUntil(TestClock clock, Func<bool> condition) =>
        Polling.WaitUntilAsync(
            () =>
            {
                if (!condition())
                {
                    clock.Advance(Delay);
                }

                return condition();
            },
            "the condition after retries"
        );

    private protected Task Record(string line)
    {
        Notified.Enqueue(line);
        return Task.CompletedTask;
    }

    private protected IHost Build(string queue, Action<ICleverTapDestinationBuilder> configure, TimeProvider? clock = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddFakeLogging();
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        ICleverTapDestinationBuilder destination = builder.Services.AddCleverTapDestination(options =>
        {
            (options.AccountId, options.Passcode, options.Endpoint) = (CleverTap.AccountId, CleverTap.Passcode, CleverTap.Endpoint);
            options.RetryBaseDelay = clock is null ? TimeSpan.FromMilliseconds(1) : Delay;
            options.RetryMaxDelay = Delay;
        });
        _ = queue == "memory" ? destination.AddBackgroundDelivery(Set) : destination.AddSqliteOutbox(Path.Combine(Folder, "x.db"), Set);
        configure(destination);
        return builder.Build();

        static void Set(BackgroundDeliveryOptions options) =>
            (options.FlushSize, options.ShutdownDeadline, options.HandlerGiveUpAfter) = (1, TimeSpan.FromSeconds(1), 2 * Delay);
    }
}
