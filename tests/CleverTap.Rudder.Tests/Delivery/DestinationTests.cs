using System.Text.Json.Nodes;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Deliveries from events to stored records, over real sockets.</summary>
public sealed class DestinationTests
{
    private CleverTapEmulator cleverTap = null!;

    [SetUp]
    public async Task StartCleverTap() => cleverTap = await CleverTapEmulator.StartAsync();

    [TearDown]
    public async Task StopCleverTap() => await cleverTap.DisposeAsync();

    [Test]
    public async Task SendAsync_delivers_events_and_returns_an_outcome_for_each()
    {
        DeliveryReport report = await Destination()
            .SendAsync([
                new IdentifyEvent
                {
                    MessageId = "m1",
                    UserId = "user-1",
                    Traits = new JsonObject { ["email"] = "name@website.com", ["Flagged"] = false },
                },
                new TrackEvent
                {
                    MessageId = "m2",
                    UserId = "user-1",
                    Event = "Checked Out",
                    Properties = new JsonObject { ["revenue"] = 2000 },
                },
                new TrackEvent { MessageId = "m3", UserId = "user-1" },
                new TrackEvent
                {
                    MessageId = "m4",
                    UserId = "user-1",
                    Event = "e",
                    Integrations = new JsonObject { ["All"] = false },
                },
                new TrackEvent
                {
                    MessageId = "m5",
                    UserId = "user-1",
                    Event = "App Launched",
                },
            ]);

        Assert.That(
            report.Select(outcome => (outcome.Index, outcome.MessageId, outcome.Kind)),
            Is.EqualTo(
                new[]
                {
                    (0, "m1", OutcomeKind.Delivered),
                    (1, "m2", OutcomeKind.Delivered),
                    (2, "m3", OutcomeKind.Invalid),
                    (3, "m4", OutcomeKind.Filtered),
                    (4, "m5", OutcomeKind.Rejected),
                }
            )
        );
        Assert.That(report.Rejected.Single().Code, Is.EqualTo(513));
        Assert.That(report.Invalid.Single().Error!.Code, Is.EqualTo(EventErrorCode.EventNameMissing));
        Assert.That(report.ToString(), Is.EqualTo("2 Delivered, 1 Filtered, 1 Invalid, 1 Rejected"));
        Assert.That(cleverTap.Profiles["user-1"].Attributes["Email"].GetString(), Is.EqualTo("name@website.com"));
        Assert.That(cleverTap.Profiles["user-1"].Attributes["flagged"].GetBoolean(), Is.False);
        Assert.That(cleverTap.Events.Single().Name, Is.EqualTo("Checked Out"));
    }

    [Test]
    public async Task SendAsync_sends_the_original_event_when_its_source_buffer_is_reused(
        [Values((byte)0, (byte)'\\', (byte)'{', (byte)0xFF)] byte filling
    )
    {
        byte[] utf8 =
            """
            {"type":"track","userId":"mut","messageId":"mut","event":"e","properties":{"n":12.5},"integrations":{"All":true}}
            """u8.ToArray();
        RudderEvent changed = RudderEvent.Parse(utf8);
        Array.Fill(utf8, filling);

        DeliveryReport report = await Destination()
            .SendAsync([
                new TrackEvent { UserId = "user-1", Event = "Before" },
                changed,
                new TrackEvent { UserId = "user-1", Event = "After" },
            ]);

        Assert.That(report.Select(outcome => outcome.Kind), Is.EqualTo(Enumerable.Repeat(OutcomeKind.Delivered, 3)));
        Assert.That(cleverTap.Events.Select(stored => stored.Name), Is.EquivalentTo(new[] { "Before", "e", "After" }));
    }

    [Test]
    public async Task DeleteUsers_deletes_the_profiles()
    {
        ICleverTapDestination destination = Destination();
        await destination.SendAsync([new IdentifyEvent { UserId = "user-1" }]);

        CleverTapResponse response = await destination.DeleteUsersAsync(["user-1"]);

        Assert.That(response.Status, Is.EqualTo(ResponseStatus.Success));
        Assert.That(cleverTap.Profiles.ContainsKey("user-1"), Is.False);
    }

    [Test]
    public async Task SendAsync_returns_an_empty_report_without_a_request_when_there_are_no_events()
    {
        DeliveryReport report = await Destination().SendAsync([]);

        Assert.That(report, Is.Empty);
        Assert.That(report.ToString(), Is.EqualTo("nothing to send"));
        Assert.That(cleverTap.RequestCount, Is.Zero);
    }

    [Test]
    public async Task SendAsync_returns_Invalid_for_a_null_in_the_list()
    {
        DeliveryReport report = await Destination().SendAsync([null!, new TrackEvent { UserId = "u", Event = "e" }]);

        Assert.That(report.Select(outcome => outcome.Kind), Is.EqualTo(new[] { OutcomeKind.Invalid, OutcomeKind.Delivered }));
        Assert.That(report[0].Error!.Code, Is.EqualTo(EventErrorCode.NotAnObject));
    }

    [Test]
    public async Task Device_token_is_sent_after_its_profile_in_a_separate_upload()
    {
        DeliveryReport report = await Destination(options => options.Mapping = MappingOptions.Default with { EnableObjectIdMapping = true })
            .SendAsync([
                new IdentifyEvent
                {
                    UserId = "u",
                    AnonymousId = "device-1",
                    Context = new JsonObject
                    {
                        ["device"] = new JsonObject { ["token"] = "t0k3n" },
                        ["os"] = new JsonObject { ["name"] = "Android" },
                    },
                },
                new TrackEvent { AnonymousId = "device-1", Event = "e" },
            ]);

        Assert.That(report.ToString(), Is.EqualTo("2 Delivered"));
        Assert.That(cleverTap.RequestCount, Is.EqualTo(2));
        Assert.That(cleverTap.TokenRecordCount, Is.EqualTo(1));
    }

    [Test]
    public async Task SendAsync_stops_and_leaves_the_rest_undelivered_when_the_credentials_are_refused()
    {
        DeliveryReport report = await Destination(options => (options.Passcode, options.MaxBatchRecords) = ("wrong", 1))
            .SendAsync([new TrackEvent { UserId = "u", Event = "a" }, new TrackEvent { UserId = "u", Event = "b" }]);

        Assert.That(
            report.Undelivered.Select(outcome => (outcome.UndeliveredReason, outcome.Code)),
            Is.EqualTo(Enumerable.Repeat((UndeliveredReason.Unauthorized, 401), 2))
        );
        Assert.That(cleverTap.RequestCount, Is.EqualTo(1));
        Assert.That(report[0].ToString(), Does.Not.Contain("wrong"));
    }

    [Test]
    public async Task Dry_run_returns_outcomes_and_stores_nothing()
    {
        DeliveryReport report = await Destination(options => options.DryRun = true)
            .SendAsync([new TrackEvent { UserId = "u", Event = "a" }, new TrackEvent { UserId = "u", Event = "Stayed" }]);

        Assert.That(report.ToString(), Is.EqualTo("1 Delivered, 1 Rejected"));
        Assert.That(cleverTap.EventCount, Is.Zero);
    }

    [Test]
    public async Task SendAsync_returns_NotConnected_when_no_server_listens()
    {
        ICleverTapDestination destination = Destination(options => options.MaxAttempts = 1);
        await cleverTap.DisposeAsync();

        DeliveryReport report = await destination.SendAsync([new TrackEvent { UserId = "u", Event = "a" }]);

        Assert.That(report[0].UndeliveredReason, Is.EqualTo(UndeliveredReason.NotConnected));
        Assert.That(report[0].Message, Is.EqualTo("No connection to CleverTap: ConnectionError"));
    }

    [Test]
    public async Task SendAsync_returns_undelivered_outcomes_when_it_is_cancelled()
    {
        DeliveryReport report = await Destination()
            .SendAsync(
                [new TrackEvent { UserId = "u", Event = "a" }, new TrackEvent { UserId = "u" }],
                new CancellationToken(canceled: true)
            );

        Assert.That(report.Select(outcome => outcome.Kind), Is.EqualTo(new[] { OutcomeKind.Undelivered, OutcomeKind.Invalid }));
        Assert.That(report[0].UndeliveredReason, Is.EqualTo(UndeliveredReason.Cancelled));
    }

    [Test]
    public async Task SendAsync_splits_more_than_a_thousand_events_into_ordered_uploads()
    {
        RudderEvent[] events = [.. Enumerable.Range(0, 2500).Select(i => new TrackEvent { UserId = "u", Event = $"e{i}" })];

        DeliveryReport report = await Destination().SendAsync(events);

        Assert.That(report.Delivered.Count(), Is.EqualTo(2500));
        Assert.That(cleverTap.RequestCount, Is.EqualTo(3));
        Assert.That(cleverTap.Events.Select(stored => stored.Name), Is.EqualTo(Enumerable.Range(0, 2500).Select(i => $"e{i}")));
    }

    [Test]
    public async Task SendAsync_delivers_a_stream_in_bounded_memory_with_outcomes_in_order()
    {
        List<EventOutcome> outcomes = [];
        await foreach (
            EventOutcome outcome in Destination(options => (options.MaxBatchRecords, options.MaxInFlight) = (10, 2)).SendAsync(Events())
        )
        {
            outcomes.Add(outcome);
        }

        Assert.That(
            outcomes.Select(outcome => (outcome.Index, outcome.MessageId)),
            Is.EqualTo(Enumerable.Range(0, 45).Select(i => (i, $"m{i}")))
        );
        Assert.That(cleverTap.EventCount, Is.EqualTo(45));

        static async IAsyncEnumerable<RudderEvent> Events()
        {
            for (int i = 0; i < 45; i++)
            {
                await Task.Yield();
                yield return new TrackEvent
                {
                    MessageId = $"m{i}",
                    UserId = $"u{i % 7}",
                    Event = "e",
                };
            }
        }
    }

    [Test]
    public async Task Profile_is_delivered_without_a_rejected_field()
    {
        DeliveryReport report = await Destination()
            .SendAsync([
                new IdentifyEvent
                {
                    UserId = "u",
                    Traits = new JsonObject
                    {
                        ["email"] = "nonsense",
                        ["phone"] = "phone",
                        ["name"] = "N",
                    },
                },
            ]);

        Assert.That(report[0].Kind, Is.EqualTo(OutcomeKind.Delivered));
        Assert.That(report[0].OmittedFields, Is.EquivalentTo(new[] { new OmittedField("Email", 515), new OmittedField("Phone", 516) }));
        Assert.That(cleverTap.Profiles["u"].Attributes.Keys, Is.EqualTo(new[] { "Name" }));
    }

    [Test]
    public async Task Profile_is_rejected_when_repair_is_off()
    {
        DeliveryReport report = await Destination(options => options.RepairProfiles = false)
            .SendAsync([
                new IdentifyEvent
                {
                    UserId = "u",
                    Traits = new JsonObject { ["phone"] = "phone" },
                },
            ]);

        Assert.That((report[0].Kind, report[0].Code), Is.EqualTo((OutcomeKind.Rejected, 516)));
    }

    private ICleverTapDestination Destination(Action<CleverTapOptions>? configure = null) =>
        new ServiceCollection()
            .AddCleverTapDestination(options =>
            {
                (options.AccountId, options.Passcode, options.Endpoint) = (cleverTap.AccountId, cleverTap.Passcode, cleverTap.Endpoint);
                configure?.Invoke(options);
            })
            .Services.BuildServiceProvider()
            .GetRequiredService<ICleverTapDestination>();
}
