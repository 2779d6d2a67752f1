using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>The host's filters and editors, which run before the mapping.</summary>
public sealed class EventHookTests
{
    private string folder = null!;
    private CleverTapEmulator cleverTap = null!;

    [SetUp]
    public async Task Start()
    {
        folder = Directory.CreateTempSubdirectory("hooks-").FullName;
        cleverTap = await CleverTapEmulator.StartAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        await cleverTap.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Filter_that_returns_false_makes_the_event_filtered()
    {
        DeliveryReport report = await SendAsync(
            destination => destination.FilterEvents(rudderEvent => rudderEvent.UserId != "robot"),
            Event("1", "robot"),
            Event("2", "user")
        );

        Assert.That(report.Select(outcome => outcome.ToString()), Is.EqualTo(new[] { "0: Filtered HostRule", "1: Delivered" }));
        Assert.That(Stored(), Is.EqualTo(new[] { "user 2" }));
    }

    [Test]
    public async Task Filters_and_editors_run_in_the_order_of_their_registration()
    {
        await SendAsync(
            destination =>
                destination
                    .EditEvents(rudderEvent => Renamed(rudderEvent, "a"))
                    .FilterEvents(rudderEvent => ((TrackEvent)rudderEvent).Event != "2a")
                    .EditEvents(rudderEvent => Renamed(rudderEvent, "b")),
            Event("1", "user"),
            Event("2", "user")
        );

        Assert.That(Stored(), Is.EqualTo(new[] { "user 1ab" }));
    }

    [Test]
    public async Task Hooks_are_resolved_from_the_services()
    {
        await SendAsync(
            destination =>
            {
                destination.Services.AddSingleton(new Robots("robot"));
                return destination.FilterEvents<NoRobots>().EditEvents<LowerCase>();
            },
            Event("1", "robot"),
            Event("2", "USER")
        );

        Assert.That(Stored(), Is.EqualTo(new[] { "user 2" }));
    }

    [Test]
    public async Task Hook_that_throws_makes_the_event_invalid_without_event_values_in_the_error()
    {
        DeliveryReport report = await SendAsync(
            destination => destination.FilterEvents(_ => true).EditEvents<LowerCase>(),
            Event("1", userId: null) with
            {
                MessageId = "m-1",
            },
            Event("2", "user")
        );

        EventError error = report[0].Error!;
        Assert.That((report[0].Kind, error.Code, error.MessageId), Is.EqualTo((OutcomeKind.Invalid, EventErrorCode.HostRule, "m-1")));
        Assert.That(
            error.Message,
            Is.EqualTo($"The host's rule {typeof(LowerCase)} (number 2) threw System.InvalidOperationException; correct the rule")
        );
        Assert.That(report[1].Kind, Is.EqualTo(OutcomeKind.Delivered));
    }

    [Test]
    public async Task Editor_that_returns_null_makes_the_event_invalid()
    {
        DeliveryReport report = await SendAsync(destination => destination.EditEvents(_ => null!), Event("1", "user"));

        Assert.That(
            report[0].Error!.Message,
            Is.EqualTo("The host's rule EditEvents (number 1) returned null; make it return the event, or filter with FilterEvents")
        );
    }

    [Test]
    public async Task Hooks_apply_only_to_their_destination()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCleverTapDestination("a", Configure).FilterEvents(_ => false);
        services.AddCleverTapDestination("b", Configure);
        await using ServiceProvider provider = services.BuildServiceProvider();

        DeliveryReport report = await provider.GetRequiredKeyedService<ICleverTapDestination>("b").SendAsync([Event("1", "user")]);

        Assert.That(report[0].Kind, Is.EqualTo(OutcomeKind.Delivered));
    }

    [Test]
    public async Task Duplicate_is_detected_by_the_edited_id_and_the_outcome_has_the_original_id()
    {
        DeliveryReport report = await SendAsync(
            destination =>
            {
                destination.Services.Configure<CleverTapOptions>(options =>
                    options.DeduplicationWindow = new DeduplicationWindow { Count = 10, Time = TimeSpan.FromHours(1) }
                );
                return destination.EditEvents(rudderEvent => rudderEvent with { MessageId = "same" });
            },
            queued: true,
            Event("1", "user") with
            {
                MessageId = "m-1",
            },
            Event("2", "user") with
            {
                MessageId = "m-2",
            }
        );

        Assert.That(
            report.Select(outcome => $"{outcome.MessageId} {outcome.Kind} {outcome.FilterReason}"),
            Is.EquivalentTo(new[] { "m-1 Delivered ", "m-2 Filtered Duplicate" })
        );
    }

    [TestCase("memory")]
    [TestCase("disk")]
    public async Task Handlers_and_dead_letters_get_the_unedited_event(string queue)
    {
        List<string> notified = [];
        using IHost host = Build(destination =>
            (queue == "memory" ? destination.AddBackgroundDelivery() : destination.AddSqliteOutbox(Path.Combine(folder, "x.db")))
                .EditEvents(rudderEvent => Renamed(rudderEvent, "-edited"))
                .FilterEvents(rudderEvent => ((TrackEvent)rudderEvent).Event != "2-edited" ? true : throw new InvalidOperationException())
                .AddOutcomeHandler(
                    (rudderEvent, outcome) =>
                    {
                        notified.Add($"{((TrackEvent)rudderEvent).Event} {outcome.Kind}");
                        return Task.CompletedTask;
                    }
                )
        );
        await host.StartAsync();
        ICleverTapQueue events = host.Services.GetRequiredService<ICleverTapQueue>();
        await events.EnqueueAsync(Event("1", "user"));
        await events.EnqueueAsync(Event("2", "user"));
        await events.FlushAsync();

        Assert.That(Stored(), Is.EqualTo(new[] { "user 1-edited" }));
        Assert.That(notified, Is.EquivalentTo(new[] { "1 Delivered", "2 Invalid" }));
        if (queue == "disk")
        {
            DeadLetter letter = (await host.Services.GetRequiredService<IDeadLetters>().ListAsync()).Single();
            Assert.That((((TrackEvent)RudderEvent.Parse(letter.Json)).Event, letter.Reason), Is.EqualTo(("2", "HostRule")));
        }

        await host.StopAsync();
    }

    private static TrackEvent Event(string name, string? userId) => new() { UserId = userId, Event = name };

    private static RudderEvent Renamed(RudderEvent rudderEvent, string suffix) =>
        (TrackEvent)rudderEvent with
        {
            Event = ((TrackEvent)rudderEvent).Event + suffix,
        };

    private Task<DeliveryReport> SendAsync(
        Func<ICleverTapDestinationBuilder, ICleverTapDestinationBuilder> configure,
        params RudderEvent[] events
    ) => SendAsync(configure, queued: false, events);

    private async Task<DeliveryReport> SendAsync(
        Func<ICleverTapDestinationBuilder, ICleverTapDestinationBuilder> configure,
        bool queued,
        params RudderEvent[] events
    )
    {
        List<EventOutcome> outcomes = [];
        using IHost host = Build(destination =>
            !queued
                ? configure(destination)
                : configure(destination)
                    .AddBackgroundDelivery()
                    .AddOutcomeHandler(
                        (_, outcome) =>
                        {
                            outcomes.Add(outcome);
                            return Task.CompletedTask;
                        }
                    )
        );
        await host.StartAsync();
        if (!queued)
        {
            return await host.Services.GetRequiredService<ICleverTapDestination>().SendAsync(events);
        }

        foreach (RudderEvent rudderEvent in events)
        {
            await host.Services.GetRequiredService<ICleverTapQueue>().EnqueueAsync(rudderEvent);
        }

        await host.StopAsync();
        return new DeliveryReport(outcomes);
    }

    private IHost Build(Func<ICleverTapDestinationBuilder, ICleverTapDestinationBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        configure(builder.Services.AddCleverTapDestination(Configure));
        return builder.Build();
    }

    private void Configure(CleverTapOptions options) =>
        (options.AccountId, options.Passcode, options.Endpoint) = (cleverTap.AccountId, cleverTap.Passcode, cleverTap.Endpoint);

    private IEnumerable<string> Stored() => cleverTap.Events.Select(stored => $"{stored.Identity} {stored.Name}");

    private sealed record Robots(string UserId);

    private sealed class NoRobots(Robots robots) : IEventFilter
    {
        public bool ShouldSend(RudderEvent rudderEvent) => rudderEvent.UserId != robots.UserId;
    }

    private sealed class LowerCase : IEventEditor
    {
        public RudderEvent Edit(RudderEvent rudderEvent) =>
            rudderEvent with
            {
                UserId = rudderEvent.UserId?.ToLowerInvariant() ?? throw new InvalidOperationException("no user secret-1"),
            };
    }
}
