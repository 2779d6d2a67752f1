using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.Recipes;

/// <summary>Recipes for dates and for renaming, dropping and allowing events and fields.</summary>
public sealed class NamesAndValuesRecipes
{
    [Test]
    public async Task DateFields_converts_text_of_the_named_fields_to_dates()
    {
        const string Settings = """
            { "CleverTap": { "Mapping": { "DateFields": [ "trialEnd", "deliverBy" ] } } }
            """;

        await using RecipeHost recipe = await RecipeHost.DeliverAsync(
            Settings,
            Identify(("trialEnd", "2026-07-01T00:00:00Z"), ("note", "2026-07-01")),
            Track("Ordered", ("deliverBy", "2026-07-02T12:00:00+02:00"))
        );

        StoredProfile profile = recipe.CleverTap.Profiles["user-1"];
        Assert.That(profile.Attributes["trial_end"].GetString(), Is.EqualTo("$D_1782864000"));
        Assert.That(profile.Attributes["note"].GetString(), Is.EqualTo("2026-07-01"));
        Assert.That(recipe.CleverTap.Events.Single().Properties["deliverBy"].GetString(), Is.EqualTo("$D_1782986400"));
    }

    [Test]
    public async Task DotNet_dates_become_CleverTap_dates_without_configuration()
    {
        await using RecipeHost recipe = await RecipeHost.CreateAsync();
        recipe.Builder.Services.AddCleverTapDestination(recipe.Builder.Configuration.GetSection("CleverTap")).AddBackgroundDelivery();
        IServiceProvider services = await recipe.StartAsync();
        ICleverTapQueue queue = services.GetRequiredService<ICleverTapQueue>();

        await queue.EnqueueAsync(
            new IdentifyEvent
            {
                UserId = "user-1",
                Traits = new Dictionary<string, object?>
                {
                    ["birthday"] = new DateOnly(1990, 1, 1),
                    ["trialEnd"] = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero),
                },
            }
        );

        await queue.FlushAsync();
        StoredProfile profile = recipe.CleverTap.Profiles["user-1"];
        Assert.That(profile.Attributes["DOB"].GetString(), Is.EqualTo("$D_631152000"));
        Assert.That(profile.Attributes["trial_end"].GetString(), Is.EqualTo("$D_1782864000"));
    }

    [Test]
    public async Task Rename_changes_names_of_events_traits_and_properties()
    {
        const string Settings = """
            {
              "CleverTap": {
                "Mapping": {
                  "RenameEvents": { "Signup": "Signed Up", "Web Page Viewed: Home": "Home Page Viewed" },
                  "RenameTraits": { "mobile": "Phone", "tier": "Plan" },
                  "RenameProperties": { "src": "Source" }
                }
              }
            }
            """;

        await using RecipeHost recipe = await RecipeHost.DeliverAsync(
            Settings,
            Identify(("mobile", "+4915123456789"), ("tier", "gold")),
            Track("Signup", ("src", "app")),
            new PageEvent { UserId = "user-1", Name = "Home" }
        );

        Assert.That(recipe.CleverTap.Profiles["user-1"].Attributes.Keys, Is.EquivalentTo(new[] { "Phone", "Plan" }));
        Assert.That(recipe.CleverTap.Events.Select(stored => stored.Name), Is.EqualTo(new[] { "Signed Up", "Home Page Viewed" }));
        Assert.That(recipe.CleverTap.Events[0].Properties["Source"].GetString(), Is.EqualTo("app"));
    }

    [Test]
    public async Task Drop_removes_events_traits_and_properties()
    {
        const string Settings = """
            {
              "CleverTap": {
                "Mapping": { "DenyEvents": [ "Ping" ], "DropTraits": [ "ssn" ], "DropProperties": [ "ip", "debug" ] }
              }
            }
            """;

        await using RecipeHost recipe = await RecipeHost.DeliverAsync(
            Settings,
            Identify(("ssn", "078-05-1120"), ("tier", "gold")),
            Track("Ping"),
            Track("Seen", ("ip", "10.0.0.1"), ("page", 1))
        );

        Assert.That(recipe.CleverTap.Profiles["user-1"].Attributes.Keys, Is.EqualTo(new[] { "tier" }));
        Assert.That(recipe.CleverTap.Events.Single().Properties.Keys, Is.EqualTo(new[] { "page" }));
    }

    [Test]
    public async Task Allow_list_sends_only_listed_events_and_every_profile()
    {
        const string Settings = """
            { "CleverTap": { "Mapping": { "AllowEvents": [ "Signed Up", "Order Completed", "Web Page Viewed: Home" ] } } }
            """;

        await using RecipeHost recipe = await RecipeHost.DeliverAsync(
            Settings,
            Identify(("tier", "gold")),
            Track("Scrolled"),
            Track("Order Completed", ("order_id", "o-1"), ("total", 9.5)),
            new PageEvent { UserId = "user-1", Name = "Home" },
            new PageEvent { UserId = "user-1", Name = "About" }
        );

        Assert.That(recipe.CleverTap.Profiles["user-1"].Attributes.Keys, Is.EqualTo(new[] { "tier" }));
        Assert.That(recipe.CleverTap.Events.Select(stored => stored.Name), Is.EqualTo(new[] { "Charged", "Web Page Viewed: Home" }));
    }

    private static IdentifyEvent Identify(params (string Name, object? Value)[] traits) =>
        new() { UserId = "user-1", Traits = traits.ToDictionary(trait => trait.Name, trait => trait.Value) };

    private static TrackEvent Track(string name, params (string Name, object? Value)[] properties) =>
        new()
        {
            UserId = "user-1",
            Event = name,
            Properties = properties.ToDictionary(property => property.Name, property => property.Value),
        };
}
