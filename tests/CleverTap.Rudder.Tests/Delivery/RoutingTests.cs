using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static CleverTap.Rudder.Tests.Delivery.RoutingSession;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Calls and registrations of a route in front of two accounts.</summary>
public sealed class RoutingTests
{
    private RoutingSession session = null!;

    [SetUp]
    public async Task Create() => session = await RoutingSession.CreateAsync();

    [TearDown]
    public async Task Dispose() => await session.DisposeAsync();

    [Test]
    public async Task SendAsync_routes_each_event_to_its_account_and_preserves_the_order_of_outcomes()
    {
        DeliveryReport report = await SendAsync(Event("eu-1", 1), Event("us-1", 2), Event("us-1", 3), Event("eu-1", 4));

        Assert.That(
            report.Select(outcome => $"{outcome.Index} {outcome.MessageId} {outcome.Kind}"),
            Is.EqualTo(new[] { "0 m-eu-1-1 Delivered", "1 m-us-1-2 Delivered", "2 m-us-1-3 Delivered", "3 m-eu-1-4 Delivered" })
        );
        Assert.That(Stored(session.Eu), Is.EqualTo(new[] { "eu-1 1", "eu-1 4" }));
        Assert.That(Stored(session.Us), Is.EqualTo(new[] { "us-1 2", "us-1 3" }));
    }

    [Test]
    public async Task SendAsync_returns_outcomes_of_a_routed_stream_in_the_order_of_the_input()
    {
        RudderEvent[] events = [.. Enumerable.Range(0, 500).Select(number => Event(number % 3 == 0 ? "eu-1" : "us-1", number))];
        ICleverTapDestination destination = (await session.StartAsync()).Services.GetRequiredService<ICleverTapDestination>();

        List<string?> ids = [];
        await foreach (EventOutcome outcome in destination.SendAsync(StreamOf(events)))
        {
            ids.Add(outcome.MessageId);
        }

        Assert.That(ids, Is.EqualTo(events.Select(rudderEvent => rudderEvent.MessageId)));
        Assert.That((session.Eu.EventCount, session.Us.EventCount), Is.EqualTo((167, 333)));
    }

    [TestCase(
        "asia-1",
        EventErrorCode.UnknownDestination,
        "The route names a destination that is not registered; name one of those that are: 'eu', 'us'"
    )]
    [TestCase(
        "nowhere",
        EventErrorCode.UnknownDestination,
        "The route names no destination; name one of those that are registered: 'eu', 'us'"
    )]
    [TestCase("broken", EventErrorCode.HostRule, "The route threw System.InvalidOperationException; correct it")]
    public async Task Unroutable_event_is_invalid_and_the_others_are_delivered(string user, EventErrorCode code, string message)
    {
        DeliveryReport report = await SendAsync(Event("eu-1", 1), Event(user, 2), Event("us-1", 3));

        Assert.That(
            report.Select(outcome => outcome.Kind),
            Is.EqualTo(new[] { OutcomeKind.Delivered, OutcomeKind.Invalid, OutcomeKind.Delivered })
        );
        EventError error = report[1].Error!;
        Assert.That((error.Code, error.Message, error.MessageId), Is.EqualTo((code, message, $"m-{user}-2")));
    }

    [Test]
    public async Task Route_returns_Invalid_for_a_null_in_the_list()
    {
        DeliveryReport report = await SendAsync(null!, Event("eu-1", 1));

        Assert.That(report.Select(outcome => outcome.Kind), Is.EqualTo(new[] { OutcomeKind.Invalid, OutcomeKind.Delivered }));
    }

    [Test]
    public async Task SendAsync_delivers_to_the_other_account_when_one_refuses_the_credentials()
    {
        session.Configure = (name, options) => options.Passcode = name == "eu" ? "wrong" : options.Passcode;

        DeliveryReport report = await SendAsync(Event("eu-1", 1), Event("us-1", 2));

        Assert.That(report.Select(outcome => outcome.Kind), Is.EqualTo(new[] { OutcomeKind.Undelivered, OutcomeKind.Delivered }));
    }

    [Test]
    public async Task Hooks_of_the_route_run_before_it_and_hooks_of_the_account_run_after_it()
    {
        session.Build = route => route.EditEvents(rudderEvent => Renamed(rudderEvent, "a") with { UserId = $"us-{rudderEvent.UserId}" });
        session.BuildAccount = account => account.EditEvents(rudderEvent => Renamed(rudderEvent, "b"));

        DeliveryReport report = await SendAsync(Event("eu-1", 1));

        Assert.That(report[0].Kind, Is.EqualTo(OutcomeKind.Delivered));
        Assert.That(Stored(session.Us), Is.EqualTo(new[] { "us-eu-1 1ab" }));
        Assert.That(session.Eu.EventCount, Is.Zero);
    }

    [Test]
    public async Task Duplicates_are_filtered_per_account()
    {
        session.Configure = (_, options) =>
            options.DeduplicationWindow = new DeduplicationWindow { Count = 10, Time = TimeSpan.FromHours(1) };

        DeliveryReport report = await SendAsync(
            Event("eu-1", 1),
            Event("us-1", 1) with
            {
                MessageId = "m-eu-1-1",
            },
            Event("eu-1", 1),
            Event("eu-1", 2)
        );

        Assert.That(
            report.Select(outcome => $"{outcome.Kind} {outcome.FilterReason}"),
            Is.EqualTo(new[] { "Delivered ", "Delivered ", "Filtered Duplicate", "Delivered " })
        );
    }

    [Test]
    public async Task DeleteUsersAsync_asks_every_account()
    {
        ICleverTapDestination destination = (await session.StartAsync()).Services.GetRequiredService<ICleverTapDestination>();

        CleverTapResponse response = await destination.DeleteUsersAsync(["eu-1"]);

        Assert.That(response.Status, Is.EqualTo(ResponseStatus.Success));
        Assert.That(session.Eu.Deleted.Concat(session.Us.Deleted), Is.EqualTo(new[] { "eu-1", "eu-1" }));
    }

    [Test]
    public async Task DeleteUsersAsync_asks_no_account_when_an_id_is_empty()
    {
        ICleverTapDestination destination = (await session.StartAsync()).Services.GetRequiredService<ICleverTapDestination>();

        CleverTapResponse response = await destination.DeleteUsersAsync([""]);

        Assert.That(response.Status, Is.EqualTo(ResponseStatus.BadRequest));
        Assert.That(session.Eu.RequestCount + session.Us.RequestCount, Is.Zero);
    }

    [Test]
    public async Task Named_route_and_unnamed_destination_can_be_registered_together()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCleverTapDestination(options =>
            (options.AccountId, options.Passcode, options.Endpoint) = (session.Us.AccountId, session.Us.Passcode, session.Us.Endpoint)
        );
        services.AddCleverTapRouting("all", _ => "");
        await using ServiceProvider provider = services.BuildServiceProvider();

        DeliveryReport report = await provider.GetRequiredKeyedService<ICleverTapDestination>("all").SendAsync([Event("u", 1)]);

        Assert.That(report[0].Kind, Is.EqualTo(OutcomeKind.Delivered));
        Assert.That(session.Us.EventCount, Is.EqualTo(1));
    }

    [Test]
    public void Registration_throws_when_a_route_and_a_destination_have_the_same_name()
    {
        var services = new ServiceCollection();
        services.AddCleverTapDestination(_ => { });

        Assert.That(
            () => services.AddCleverTapRouting(_ => "eu"),
            Throws.InvalidOperationException.With.Message.Contains(
                "AddCleverTapDestination(options => …) and AddCleverTapRouting(rudderEvent => …)"
            )
        );
    }

    [Test]
    public void Host_start_throws_when_a_route_has_no_destinations_or_handlers_without_a_queue()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddCleverTapRouting(_ => "eu").AddOutcomeHandler((_, _) => Task.CompletedTask);
        using IHost host = builder.Build();

        Assert.That(
            () => host.StartAsync(),
            Throws
                .TypeOf<OptionsValidationException>()
                .With.Message.Contains("has no destination to route to")
                .And.Message.Contains("AddOutcomeHandler has no queue")
        );
    }

    [Test]
    public void A_route_has_no_HTTP_client()
    {
        ICleverTapDestinationBuilder route = new ServiceCollection().AddCleverTapRouting(_ => "eu");

        Assert.That(
            () => route.HttpClientBuilder,
            Throws.InvalidOperationException.With.Message.Contains("configure those of its destinations")
        );
    }

    private static TrackEvent Renamed(RudderEvent rudderEvent, string suffix) =>
        (TrackEvent)rudderEvent with
        {
            Event = ((TrackEvent)rudderEvent).Event + suffix,
        };

    private static async IAsyncEnumerable<RudderEvent> StreamOf(RudderEvent[] events)
    {
        foreach (RudderEvent rudderEvent in events)
        {
            await Task.Yield();
            yield return rudderEvent;
        }
    }

    private async Task<DeliveryReport> SendAsync(params RudderEvent[] events) =>
        await (await session.StartAsync()).Services.GetRequiredService<ICleverTapDestination>().SendAsync(events);
}
