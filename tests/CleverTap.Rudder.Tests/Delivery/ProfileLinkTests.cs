using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.Delivery;

public sealed class ProfileLinkTests
{
    [Test]
    public async Task Profile_link_is_uploaded_once_per_pair_of_ids()
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        await using ServiceProvider provider = Host(cleverTap);
        var destination = provider.GetRequiredService<ICleverTapDestination>();

        await destination.SendAsync([Identify("u1", "a1"), Identify("u1", "a1"), Identify("u2", "a1")]);
        await destination.SendAsync([Identify("u1", "a1"), Identify("u1", "a2")]);

        Assert.That(LinksIn(cleverTap), Is.EqualTo(new[] { "a1 u1", "a1 u2", "a2 u1" }));
    }

    [Test]
    public async Task Profile_link_is_sent_again_when_its_event_was_not_delivered()
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        await using ServiceProvider provider = Host(cleverTap);
        var destination = provider.GetRequiredService<ICleverTapDestination>();

        cleverTap.Faults = new CleverTapFaults { ServerError = 1 };
        DeliveryReport failed = await destination.SendAsync([Identify("u1", "a1")]);
        cleverTap.Faults = CleverTapFaults.None;
        DeliveryReport sent = await destination.SendAsync([Identify("u1", "a1")]);

        Assert.That((failed.Undelivered.Count(), sent.Delivered.Count()), Is.EqualTo((1, 1)));
        Assert.That(LinksIn(cleverTap), Is.EqualTo(new[] { "a1 u1" }));
    }

    [Test]
    public async Task Profile_link_is_sent_again_when_its_user_was_deleted([Values("u1", "a1")] string deleted)
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        await using ServiceProvider provider = Host(cleverTap);
        var destination = provider.GetRequiredService<ICleverTapDestination>();
        await destination.SendAsync([Identify("u1", "a1"), Identify("u2", "a2")]);

        await destination.DeleteUsersAsync([deleted]);
        await destination.SendAsync([Identify("u1", "a1"), Identify("u2", "a2")]);

        Assert.That(LinksIn(cleverTap), Is.EqualTo(new[] { "a1 u1", "a2 u2", "a1 u1" }));
    }

    [Test]
    public void Profile_links_are_limited_to_the_capacity()
    {
        var links = new ProfileLinks(capacity: 2);
        var transformer = new CleverTapTransformer(MappingOptions.Default with { LinkAnonymousProfiles = true });
        IReadOnlyList<CleverTapRecord> Records(string anonymousId) => transformer.Transform(Identify("u", anonymousId)).Records;

        int[] counts = [.. new[] { "a", "b", "c", "b", "a" }.Select(anonymousId => links.WithoutKnown(Records(anonymousId)).Count)];

        Assert.That(counts, Is.EqualTo(new[] { 2, 2, 2, 1, 2 }));
    }

    private static IdentifyEvent Identify(string userId, string anonymousId) => new() { UserId = userId, AnonymousId = anonymousId };

    private static ServiceProvider Host(CleverTapEmulator cleverTap) =>
        new ServiceCollection()
            .AddCleverTapDestination(options =>
            {
                (options.AccountId, options.Passcode, options.Endpoint) = (cleverTap.AccountId, cleverTap.Passcode, cleverTap.Endpoint);
                options.MaxAttempts = 1;
                options.Mapping = MappingOptions.Default with { LinkAnonymousProfiles = true };
            })
            .Services.AddLogging()
            .BuildServiceProvider();

    /// <summary>The stored profile updates that only add an identity.</summary>
    private static IEnumerable<string> LinksIn(CleverTapEmulator cleverTap) =>
        cleverTap
            .ProfileUpdates.Where(update => update.Attributes.ContainsKey("identity"))
            .Select(update => $"{update.Identity} {update.Attributes["identity"]}");
}
