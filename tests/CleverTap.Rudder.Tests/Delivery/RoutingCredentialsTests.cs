using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static CleverTap.Rudder.Tests.Delivery.RoutingSession;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>The health check of a route is the worst of the accounts behind it.</summary>
public sealed class RoutingCredentialsTests
{
    private RoutingSession session = null!;

    [SetUp]
    public async Task Create() => session = await RoutingSession.CreateAsync();

    [TearDown]
    public async Task Dispose() => await session.DisposeAsync();

    [Test]
    public async Task Health_of_a_route_is_healthy_when_every_account_delivers()
    {
        HealthReportEntry health = await HealthAfterAsync(Event("eu-1", 1), Event("us-1", 2));

        Assert.That((health.Status, health.Description), Is.EqualTo((HealthStatus.Healthy, (string?)null)));
    }

    [Test]
    public async Task Health_of_a_route_is_unhealthy_when_an_account_refuses_the_credentials()
    {
        session.Configure = (name, options) => options.Passcode = name == "us" ? "wrong" : options.Passcode;
        HealthReportEntry health = await HealthAfterAsync(Event("us-1", 1), Event("eu-1", 2));

        Assert.That(
            (health.Status, health.Description),
            Is.EqualTo((HealthStatus.Unhealthy, "CleverTap refuses the account id or passcode (destination 'us')"))
        );
    }

    [Test]
    public async Task Health_of_a_route_is_degraded_when_an_account_does_not_respond_as_it_should()
    {
        session.Configure = (_, options) => options.MaxAttempts = 1;
        session.Eu.Faults = new CleverTapFaults { ServerError = 1 };
        HealthReportEntry health = await HealthAfterAsync(Event("eu-1", 1), Event("us-1", 2));

        Assert.That(
            (health.Status, health.Description),
            Is.EqualTo((HealthStatus.Degraded, "CleverTap does not respond as it should (destination 'eu'); uploads are retried"))
        );
    }

    /// <summary>Sends events through the route and returns the state of its health check.</summary>
    private async Task<HealthReportEntry> HealthAfterAsync(params RudderEvent[] events)
    {
        session.Build = route => route.Services.AddHealthChecks().AddCleverTapDestination();
        IServiceProvider services = (await session.StartAsync()).Services;
        await services.GetRequiredService<ICleverTapDestination>().SendAsync(events);
        HealthReport report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return report.Entries["CleverTap"];
    }
}
