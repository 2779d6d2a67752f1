namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>The start and the stop of the service.</summary>
public sealed class LifetimeTests
{
    [Test]
    [Platform(Exclude = "Win")]
    public async Task Service_exits_without_an_error_after_SIGTERM()
    {
        ServiceProcess service = await ServiceProcess.StartAsync(Service.CleverTap.Endpoint);
        await using (service)
        {
            using var rudder = new RudderServer(service.Address);
            await rudder.RouteAsync([Job.Track(1, Job.To("{}"))]);

            (int exitCode, string output) = await service.StopAsync();

            Assert.That(exitCode, Is.Zero, output);
            Assert.That(output, Does.Contain("shutting down").And.Not.Contain("fail:"));
        }
    }

    [TestCase("PORT", "abc", "PORT must be a number")]
    [TestCase("PORT", "99999", "PORT must be a number")]
    [TestCase("Upstream", "rudder-transformer:9090", "Upstream must be an http or https address")]
    [TestCase("CleverTap__Timeout", "60", "Timeout must be a time")]
    [TestCase("CleverTap__Mapping__Present", "Default", "Mapping:Present is no option")]
    public async Task Invalid_setting_stops_the_start_and_is_named(string variable, string value, string message)
    {
        (int exitCode, string error) = await ServiceProcess.FailToStartAsync("TransformerService", (variable, value));

        Assert.That(exitCode, Is.EqualTo(2), error);
        Assert.That(error, Does.Contain(message));
    }
}
