using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.Testing;

/// <summary>The README's tests without a host, word for word.</summary>
public sealed class EmulatorReadmeTests
{
    [Test]
    public async Task Signing_up_reaches_CleverTap()
    {
        await using var cleverTap = await CleverTapEmulator.StartAsync();
        var services = new ServiceCollection();
        services.AddCleverTapDestination(options =>
        {
            options.Endpoint = cleverTap.Endpoint;
            options.AccountId = cleverTap.AccountId;
            options.Passcode = cleverTap.Passcode;
        });
        await using ServiceProvider provider = services.BuildServiceProvider();
        var destination = provider.GetRequiredService<ICleverTapDestination>();

        await destination.SendAsync([
            RudderEvent.Parse("""{"type":"identify","userId":"user-1","traits":{"email":"jane@example.com"}}"""),
            RudderEvent.Parse("""{"type":"track","userId":"user-1","event":"Signed Up","properties":{"plan":"pro"}}"""),
        ]);

        StoredProfile profile = cleverTap.Profiles["user-1"];
        StoredEvent signedUp = cleverTap.EventsOf("user-1").Single();
        Assert.That(profile.Attributes["Email"].GetString(), Is.EqualTo("jane@example.com"));
        Assert.That(signedUp.Name, Is.EqualTo("Signed Up"));
        Assert.That(signedUp.Properties["plan"].GetString(), Is.EqualTo("pro"));
        Assert.That(cleverTap.Rejected, Is.Empty);
    }

    [Test]
    public async Task Signing_up_reaches_CleverTap_despite_faults()
    {
        await using var cleverTap = CleverTapEmulator.Create(
            new CleverTapEmulatorOptions
            {
                Faults = new CleverTapFaults
                {
                    Seed = 1,
                    ServerError = 0.3,
                    LostResponse = 0.3,
                },
            }
        );
        var services = new ServiceCollection();
        services
            .AddCleverTapDestination(options =>
            {
                options.AccountId = cleverTap.AccountId;
                options.Passcode = cleverTap.Passcode;
                options.RetryBaseDelay = TimeSpan.FromMilliseconds(1);
            })
            .HttpClientBuilder.ConfigurePrimaryHttpMessageHandler(() => cleverTap.CreateHandler());
        await using ServiceProvider provider = services.BuildServiceProvider();
        var destination = provider.GetRequiredService<ICleverTapDestination>();

        DeliveryReport report = await destination.SendAsync([
            RudderEvent.Parse("""{"type":"track","userId":"user-1","event":"Signed Up"}"""),
        ]);

        Assert.That(report.Delivered.Count(), Is.EqualTo(1));
        Assert.That(
            cleverTap.Requests.Select(request => request.Fault),
            Is.EqualTo(new[] { CleverTapFault.LostResponse, CleverTapFault.None })
        );
        Assert.That(cleverTap.EventsOf("user-1").Select(stored => stored.Name), Is.EqualTo(new[] { "Signed Up", "Signed Up" }));
    }
}
