using CleverTap.Rudder.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Options that change, or services that end, while a destination is in use.</summary>
public sealed class OptionsReloadTests
{
    private static readonly RudderEvent[] Events = [new TrackEvent { UserId = "u", Event = "Seen" }];

    private CleverTapEmulator cleverTap = null!;

    [SetUp]
    public async Task StartCleverTap() => cleverTap = await CleverTapEmulator.StartAsync();

    [TearDown]
    public async Task StopCleverTap() => await cleverTap.DisposeAsync();

    [TestCase("")]
    [TestCase("named")]
    public async Task Destination_uses_a_changed_passcode_without_a_restart(string name)
    {
        IConfigurationRoot configuration = Configuration("wrong");
        await using ServiceProvider provider = Services(configuration, name);
        ICleverTapDestination destination = provider.GetRequiredKeyedService<ICleverTapDestination>(name);
        DeliveryReport refused = await destination.SendAsync(Events);

        configuration["CleverTap:Passcode"] = cleverTap.Passcode;
        configuration.Reload();
        DeliveryReport delivered = await destination.SendAsync(Events);

        Assert.That(refused[0].UndeliveredReason, Is.EqualTo(UndeliveredReason.Unauthorized));
        Assert.That(delivered[0].Kind, Is.EqualTo(OutcomeKind.Delivered));
    }

    [Test]
    public async Task Outcome_and_log_name_the_setting_when_the_options_become_invalid()
    {
        const string error = "CleverTap destination (section 'CleverTap'): Passcode is missing.";
        IConfigurationRoot configuration = Configuration(cleverTap.Passcode);
        await using ServiceProvider provider = Services(configuration);
        ICleverTapDestination destination = provider.GetRequiredService<ICleverTapDestination>();
        configuration["CleverTap:Passcode"] = "";
        Assert.That(configuration.Reload, Throws.InstanceOf<Exception>(), "the monitor reads the options at once");

        DeliveryReport report = await destination.SendAsync(Events);
        CleverTapResponse response = await destination.DeleteUsersAsync(["u"]);

        Assert.That(report[0].UndeliveredReason, Is.EqualTo(UndeliveredReason.NotConnected));
        Assert.That(report[0].Message, Is.EqualTo($"The request could not be sent: {error}"));
        Assert.That(response.Status, Is.EqualTo(ResponseStatus.NotConnected));
        Assert.That(response.Error, Is.EqualTo(report[0].Message));
        Assert.That(
            provider.GetFakeLogCollector().GetSnapshot().Single(line => line.Id.Id == 10).Message,
            Is.EqualTo($"CleverTap destination '': nothing is sent, because the options are not valid: {error}")
        );
    }

    [Test]
    public async Task Events_get_outcomes_when_the_provider_is_disposed()
    {
        ServiceProvider provider = Services(Configuration(cleverTap.Passcode));
        ICleverTapDestination destination = provider.GetRequiredService<ICleverTapDestination>();
        await provider.DisposeAsync();

        DeliveryReport report = await destination.SendAsync(Events);
        CleverTapResponse response = await destination.DeleteUsersByCleverTapIdAsync(["guid"]);

        Assert.That(report[0].UndeliveredReason, Is.EqualTo(UndeliveredReason.Stopped));
        Assert.That(response.Status, Is.EqualTo(ResponseStatus.NotConnected));
        Assert.That(cleverTap.RequestCount, Is.Zero);
    }

    [Test]
    public async Task Streamed_events_get_outcomes_when_the_provider_is_disposed()
    {
        ServiceProvider provider = Services(Configuration(cleverTap.Passcode));
        ICleverTapDestination destination = provider.GetRequiredService<ICleverTapDestination>();
        await provider.DisposeAsync();
        List<EventOutcome> outcomes = [];

        await foreach (EventOutcome outcome in destination.SendAsync(Stream()))
        {
            outcomes.Add(outcome);
        }

        Assert.That(outcomes.Single().UndeliveredReason, Is.EqualTo(UndeliveredReason.Stopped));
    }

    private static async IAsyncEnumerable<RudderEvent> Stream()
    {
        await Task.Yield();
        yield return Events[0];
    }

    private static ServiceProvider Services(IConfiguration configuration, string name = "") =>
        new ServiceCollection()
            .AddLogging(logging => logging.AddFakeLogging())
            .AddCleverTapDestination(name, configuration.GetSection("CleverTap"))
            .Services.BuildServiceProvider();

    private IConfigurationRoot Configuration(string passcode) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["CleverTap:AccountId"] = cleverTap.AccountId,
                    ["CleverTap:Passcode"] = passcode,
                    ["CleverTap:Endpoint"] = cleverTap.Endpoint.ToString(),
                    ["CleverTap:MaxAttempts"] = "1",
                }
            )
            .Build();
}
