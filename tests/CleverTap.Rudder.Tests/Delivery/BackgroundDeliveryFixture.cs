using System.Collections.Concurrent;
using System.Globalization;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Tests with a queue in memory whose handler records dead letters.</summary>
public abstract class BackgroundDeliveryFixture
{
    private protected ConcurrentQueue<(RudderEvent Event, EventOutcome Outcome)> DeadLetters { get; } = new();

    private protected CleverTapEmulator CleverTap { get; private set; } = null!;

    [SetUp]
    public async Task StartCleverTap()
    {
        DeadLetters.Clear();
        CleverTap = await CleverTapEmulator.StartAsync();
    }

    [TearDown]
    public async Task StopCleverTap() => await CleverTap.DisposeAsync();

    private protected async Task<IHost> StartAsync(
        Action<CleverTapOptions>? configure = null,
        Action<BackgroundDeliveryOptions>? configureQueue = null,
        OutcomeHandler? deadLetter = null,
        OutcomeHandler? settled = null,
        TimeProvider? clock = null,
        Action<IServiceCollection>? configureServices = null,
        bool start = true
    )
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        ICleverTapDestinationBuilder destination = builder
            .Services.AddCleverTapDestination(options =>
            {
                (options.AccountId, options.Passcode, options.Endpoint, options.RetryBaseDelay) = (
                    CleverTap.AccountId,
                    CleverTap.Passcode,
                    CleverTap.Endpoint,
                    TimeSpan.FromMilliseconds(1)
                );
                options.CredentialsCheck = CredentialsCheckMode.Off;
                configure?.Invoke(options);
            })
            .AddBackgroundDelivery(
                options =>
                {
                    options.FlushInterval = TimeSpan.FromMilliseconds(1);
                    configureQueue?.Invoke(options);
                },
                deadLetter
                    ?? (
                        (letter, outcome) =>
                        {
                            DeadLetters.Enqueue((letter, outcome));
                            return Task.CompletedTask;
                        }
                    )
            );
        if (settled is not null)
        {
            destination.AddOutcomeHandler(settled);
        }

        configureServices?.Invoke(builder.Services);
        IHost host = builder.Build();
        if (start)
        {
            await host.StartAsync();
        }

        return host;
    }

    private protected static TrackEvent Event(int number) =>
        new() { UserId = $"u{number % 7}", Event = number.ToString(CultureInfo.InvariantCulture) };
}
