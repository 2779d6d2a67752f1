using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tests.House;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.Testing;

[TestFixture]
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

        await destination.SendAsync(
        [
            RudderEvent.Parse("""{"type":"identify","userId":"user-1","traits":{"email":"jane@example.com"}}"""),
            RudderEvent.Parse("""{"type":"track","userId":"user-1","event":"Signed Up","properties":{"plan":"pro"}}"""),
        ]);

        StoredProfile profile = cleverTap.Profiles["user-1"];
        StoredEvent signedUp = cleverTap.EventsOf("user-1").Single();
        Assert.That(profile.Attributes["Email"].GetString(), Is.EqualTo("jane@example.com"));
        Assert.That(signedUp.Name, Is.EqualTo("Signed Up"));
        Assert.That(signedUp.Properties["plan"].GetString(), Is.EqualTo("pro"));
        Assert.That(cleverTap.Refused, Is.Empty);
    }

    [Test]
    public void The_README_shows_the_test_above()
    {
        string here = Path.Combine(Repository.Root, "tests", "CleverTap.Rudder.Tests", "Testing", "EmulatorReadmeTests.cs");
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "src", "CleverTap.Rudder.Testing", "README.md"));
        int start = readme.IndexOf("```csharp", StringComparison.Ordinal) + "```csharp".Length;
        string[] snippet = Lines(readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)]);
        Assert.That(string.Join('\n', Lines(File.ReadAllText(here))), Does.Contain(string.Join('\n', snippet)));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
