using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.Recipes;

/// <summary>Recipes for linking a visitor after login and for deleting a user.</summary>
public sealed class UserRecipes
{
    [Test]
    public async Task Linking_after_login_merges_the_profiles_of_visitor_and_user()
    {
        const string Settings = """
            { "CleverTap": { "Mapping": { "LinkAnonymousProfiles": true } } }
            """;

        await using RecipeHost recipe = await RecipeHost.DeliverAsync(
            Settings,
            new TrackEvent { AnonymousId = "visitor-1", Event = "Product Viewed" },
            new IdentifyEvent { AnonymousId = "visitor-1", UserId = "user-1" },
            new TrackEvent
            {
                AnonymousId = "visitor-1",
                UserId = "user-1",
                Event = "Signed In",
            }
        );

        Assert.That(recipe.CleverTap.ProfileCount, Is.EqualTo(1));
        Assert.That(recipe.CleverTap.Profiles["user-1"].Identities, Is.EquivalentTo(new[] { "visitor-1", "user-1" }));
        Assert.That(recipe.CleverTap.EventsOf("user-1").Select(stored => stored.Name), Is.EqualTo(new[] { "Product Viewed", "Signed In" }));
    }

    [Test]
    public async Task Alias_links_the_anonymous_profile_to_the_user()
    {
        await using RecipeHost recipe = await RecipeHost.CreateAsync();
        recipe.Builder.Services.AddCleverTapDestination(recipe.Builder.Configuration.GetSection("CleverTap")).AddBackgroundDelivery();
        IServiceProvider services = await recipe.DeliverAsync(
            new TrackEvent { AnonymousId = "visitor-1", Event = "Product Viewed" },
            new IdentifyEvent { UserId = "user-1" }
        );
        ICleverTapQueue queue = services.GetRequiredService<ICleverTapQueue>();
        Assert.That(recipe.CleverTap.EventsOf("user-1"), Is.Empty);

        await queue.EnqueueAsync(new AliasEvent { PreviousId = "visitor-1", UserId = "user-1" });

        await queue.FlushAsync();
        Assert.That(recipe.CleverTap.EventsOf("user-1").Single().Name, Is.EqualTo("Product Viewed"));
    }

    [Test]
    public async Task Deletion_removes_waiting_events_and_dead_letters_and_requests_deletion_of_the_profile()
    {
        await using RecipeHost recipe = await RecipeHost.CreateAsync();
        recipe
            .Builder.Services.AddCleverTapDestination(recipe.Builder.Configuration.GetSection("CleverTap"))
            .AddSqliteOutbox("clevertap.db", options => options.FlushInterval = TimeSpan.FromHours(1));
        IServiceProvider services = await recipe.DeliverAsync(
            new TrackEvent { UserId = "user-1", Event = "Signed Up" },
            new TrackEvent { UserId = "user-1", Event = "App Launched" }
        );
        ICleverTapDestination destination = services.GetRequiredService<ICleverTapDestination>();
        IDeadLetters deadLetters = services.GetRequiredService<IDeadLetters>();
        ICleverTapQueue queue = services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync([Waiting("user-1"), Waiting("visitor-1"), Waiting("user-2")]);
        Assert.That(await deadLetters.CountAsync(), Is.EqualTo(1), "CleverTap rejects names of its own events");
        CancellationToken cancellationToken = CancellationToken.None;

        CleverTapResponse response = await destination.DeleteUsersAsync(["user-1", "visitor-1"], cancellationToken);
        if (response.Status != ResponseStatus.Success)
        {
            throw new InvalidOperationException($"CleverTap has not deleted every user: {response.Status}; ask again later");
        }

        await queue.FlushAsync();
        Assert.That(recipe.CleverTap.Deleted, Is.EquivalentTo(new[] { "user-1", "visitor-1" }));
        Assert.That(
            recipe.CleverTap.Events.Where(stored => stored.Name == "Waited").Select(stored => stored.Identity),
            Is.EqualTo(new[] { "user-2" })
        );
        Assert.That(await deadLetters.CountAsync(), Is.Zero);
    }

    private static TrackEvent Waiting(string user) => new() { UserId = user, Event = "Waited" };
}
