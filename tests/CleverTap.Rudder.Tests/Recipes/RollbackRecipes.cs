namespace CleverTap.Rudder.Tests.Recipes;

/// <summary>Back to the records of RudderStack's hosted transformer.</summary>
public sealed class RollbackRecipes
{
    private static readonly RudderEvent[] Events =
    [
        RudderEvent.Parse("""{"type":"identify","userId":"user-1","traits":{"planTier":"gold","birthday":"1990-01-01"}}"""),
        RudderEvent.Parse("""{"type":"page","userId":"user-1","name":"Tom & Jerry","timestamp":"2026-01-01T00:00:00Z"}"""),
    ];

    [Test]
    public async Task Rollback_to_the_hosted_transformer_gives_the_names_values_and_times_that_it_gave()
    {
        const string Settings = """
            { "CleverTap": { "Mapping": { "Preset": "RudderTransformer", "TrackAnonymous": true } } }
            """;

        await using RecipeHost recipe = await RecipeHost.DeliverAsync(Settings, Events);

        Assert.That(Stored(recipe), Is.EqualTo(new[] { "planTier gold", "DOB 1990-01-01", "Web Page Viewed: Tom &amp; Jerry " }));
    }

    [Test]
    public async Task The_default_gives_other_names_values_and_times()
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
