namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>The service's start and end.</summary>
public sealed class LifetimeTests
{
    [Test]
    [Platform(Exclude = "Win")]
    public async Task Asked_to_end_it_ends_without_an_error()
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
}
