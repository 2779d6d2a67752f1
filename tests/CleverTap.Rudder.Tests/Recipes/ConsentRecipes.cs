using System.Text.Json.Nodes;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.Recipes;

/// <summary>Recipes for consent and for opting out of a channel.</summary>
public sealed class ConsentRecipes
{
    [Test]
    public async Task Consent_filters_events_of_users_who_deny_it()
    {
        const string Settings = """
            { "CleverTap": { "Mapping": { "Consent": [ { "Provider": "oneTrust", "ConsentIds": [ "C0004" ] } ] } } }
            """;

        await using RecipeHost recipe = await RecipeHost.DeliverAsync(Settings, Visit("granted"), Visit("denied", "C0004"));

        Assert.That(recipe.CleverTap.Events.Select(stored => stored.Identity), Is.EqualTo(new[] { "granted" }));
    }

    [Test]
    public async Task Opt_out_by_channel_is_sent_as_a_trait_of_the_user()
    {
        await using RecipeHost recipe = await RecipeHost.CreateAsync();
        recipe.Builder.Services.AddCleverTapDestination(recipe.Builder.Configuration.GetSection("CleverTap")).AddBackgroundDelivery();
        IServiceProvider services = await recipe.StartAsync();
        ICleverTapQueue queue = services.GetRequiredService<ICleverTapQueue>();

        await queue.EnqueueAsync(
            new IdentifyEvent
            {
                UserId = "user-1",
                Traits = new JsonObject
                {
                    ["MSG-email"] = false,
                    ["MSG-push-all"] = false,
                    ["MSG-whatsapp"] = true,
                    ["category-unsubscribe"] = new JsonObject { ["sms"] = new JsonArray("Newsletters") },
                },
            }
        );

        await queue.FlushAsync();
        StoredProfile profile = recipe.CleverTap.Profiles["user-1"];
        Assert.That(
            profile.Attributes.Select(attribute => $"{attribute.Key}: {attribute.Value.GetRawText()}"),
            Is.EquivalentTo(
                new[]
                {
                    "MSG-email: false",
                    "MSG-push-all: false",
                    "MSG-whatsapp: true",
                    """category-unsubscribe: {"sms":["Newsletters"]}""",
                }
            )
        );
    }

    private static TrackEvent Visit(string user, params string[] denied) =>
        new()
        {
            UserId = user,
            Event = "Visited",
            Context = new Dictionary<string, object?>
            {
                ["consentManagement"] = new Dictionary<string, object?> { ["provider"] = "oneTrust", ["deniedConsentIds"] = denied },
            },
        };
}
