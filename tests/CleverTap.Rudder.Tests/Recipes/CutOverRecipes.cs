using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Recipes;

/// <summary>Recipes for the cut-over from RudderStack's hosted transformer, and for the rollback to its records.</summary>
public sealed class CutOverRecipes
{
    private static readonly RudderEvent[] Events =
    [
        RudderEvent.Parse("""{"type":"identify","userId":"user-1","traits":{"planTier":"gold","birthday":"1990-01-01"}}"""),
        RudderEvent.Parse("""{"type":"page","userId":"user-1","name":"Tom & Jerry","timestamp":"2026-01-01T00:00:00Z"}"""),
    ];

    [Test]
    public async Task Cut_over_sends_only_events_received_at_or_after_the_moment()
    {
        await using RecipeHost recipe = await RecipeHost.CreateAsync();
        HostApplicationBuilder builder = recipe.Builder;

        DateTimeOffset cutOver = DateTimeOffset.Parse("2026-07-01T06:00:00Z", CultureInfo.InvariantCulture);
        builder
            .Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
            .FilterEvents(rudderEvent => rudderEvent.ReceivedAt is not { } receivedAt || receivedAt >= cutOver)
            .AddSqliteOutbox("clevertap.db");

        await recipe.DeliverAsync(
            RudderEvent.Parse("""{"type":"track","userId":"u","event":"Before","receivedAt":"2026-07-01T05:59:59.999Z"}"""),
            RudderEvent.Parse("""{"type":"track","userId":"u","event":"After","receivedAt":"2026-07-01T06:00:00.000Z"}"""),
            RudderEvent.Parse("""{"type":"track","userId":"u","event":"Of the host itself"}""")
        );

        Assert.That(recipe.CleverTap.Events.Select(stored => stored.Name), Is.EqualTo(new[] { "After", "Of the host itself" }));
    }

    [Test]
    public async Task Rollback_gives_the_names_values_and_times_of_the_hosted_transformer()
    {
        const string Settings = """
            { "CleverTap": { "Mapping": { "Preset": "RudderTransformer", "TrackAnonymous": true } } }
            """;

        await using RecipeHost recipe = await RecipeHost.DeliverAsync(Settings, Events);

        Assert.That(Stored(recipe), Is.EqualTo(new[] { "DOB 1990-01-01", "planTier gold", "Web Page Viewed: Tom &amp; Jerry " }));
    }

    [Test]
    public async Task Rollback_applies_to_events_waiting_in_the_outbox()
    {
        await using RecipeHost after = await RecipeHost.CreateAsync(
            """{ "CleverTap": { "Mapping": { "Preset": "RudderTransformer" } } }"""
        );
        string outbox = Path.Combine(after.Folder, "clevertap.db");
        await using (RecipeHost before = await RecipeHost.CreateAsync())
        {
            before.Builder.Services.AddCleverTapDestination(before.Builder.Configuration.GetSection("CleverTap")).AddSqliteOutbox(outbox);
            using IHost idle = before.Builder.Build();
            await idle.Services.GetRequiredService<ICleverTapQueue>().EnqueueAsync(Events);
        }

        after.Builder.Services.AddCleverTapDestination(after.Builder.Configuration.GetSection("CleverTap")).AddSqliteOutbox(outbox);
        await after.DeliverAsync();

        Assert.That(Stored(after), Does.Contain("planTier gold"));
    }

    [Test]
    public async Task Default_preset_gives_other_names_values_and_times_than_rollback()
    {
        await using RecipeHost recipe = await RecipeHost.DeliverAsync("{}", Events);

        Assert.That(Stored(recipe), Is.EqualTo(new[] { "DOB $D_631152000", "plan_tier gold", "Web Page Viewed: Tom & Jerry 1767225600" }));
    }

    private static IEnumerable<string> Stored(RecipeHost recipe) =>
        [
            .. recipe.CleverTap.Profiles["user-1"].Attributes.Select(attribute => $"{attribute.Key} {attribute.Value.GetString()}"),
            .. recipe.CleverTap.Events.Select(stored => $"{stored.Name} {stored.Timestamp}"),
        ];
}
