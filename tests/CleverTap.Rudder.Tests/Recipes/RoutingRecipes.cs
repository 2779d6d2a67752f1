using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Recipes;

/// <summary>Recipes for routing events to accounts.</summary>
public sealed class RoutingRecipes
{
    [Test]
    public async Task Routing_sends_each_event_to_the_account_of_its_region()
    {
        await using RecipeHost recipe = await RecipeHost.CreateAsync();
        await using CleverTapEmulator us = await CleverTapEmulator.StartAsync();
        HostApplicationBuilder builder = recipe.Builder;
        Configure(builder, "Eu", recipe.CleverTap);
        Configure(builder, "Us", us);

        builder.Services.AddCleverTapDestination("eu", builder.Configuration.GetSection("CleverTap:Eu"));
        builder.Services.AddCleverTapDestination("us", builder.Configuration.GetSection("CleverTap:Us"));
        builder
            .Services.AddCleverTapRouting(rudderEvent => rudderEvent.Context.TryGetString("region", out string? region) ? region : "eu")
            .AddSqliteOutbox("clevertap.db");

        await recipe.DeliverAsync(
            new TrackEvent { UserId = "user-1", Event = "Signed Up" },
            new TrackEvent
            {
                UserId = "user-2",
                Event = "Signed Up",
                Context = new Dictionary<string, object?> { ["region"] = "us" },
            }
        );

        Assert.That(recipe.CleverTap.Events.Single().Identity, Is.EqualTo("user-1"));
        Assert.That(us.Events.Single().Identity, Is.EqualTo("user-2"));
    }

    private static void Configure(HostApplicationBuilder builder, string name, CleverTapEmulator cleverTap)
    {
        builder.Configuration[$"CleverTap:{name}:AccountId"] = cleverTap.AccountId;
        builder.Configuration[$"CleverTap:{name}:Passcode"] = cleverTap.Passcode;
        builder.Configuration[$"CleverTap:{name}:Endpoint"] = cleverTap.Endpoint.AbsoluteUri;
    }
}
