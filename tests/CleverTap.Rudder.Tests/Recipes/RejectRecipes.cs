using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Recipes;

/// <summary>Recipes for events that CleverTap rejects.</summary>
public sealed class RejectRecipes
{
    [Test]
    public async Task Reject_table_contains_a_row_for_each_undelivered_event()
    {
        await using RecipeHost recipe = await RecipeHost.CreateAsync();
        HostApplicationBuilder builder = recipe.Builder;
        string rejects = $"Data Source={Path.Combine(recipe.Folder, "rejects.db")};Pooling=False";
        Execute(rejects, "CREATE TABLE rejects (message_id TEXT PRIMARY KEY, kind TEXT, code INTEGER, message TEXT, event TEXT)");

        builder.Services.AddScoped(_ => new SqliteConnection(rejects));
        builder
            .Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
            .AddSqliteOutbox("clevertap.db")
            .AddDeadLetterHandler<RejectTable>();

        await recipe.DeliverAsync(
            new TrackEvent
            {
                MessageId = "m-1",
                UserId = "user-1",
                Event = "Signed Up",
            },
            new TrackEvent
            {
                MessageId = "m-2",
                UserId = "user-1",
                Event = "App Launched",
            },
            new TrackEvent { MessageId = "m-3", Event = "Nobody's" }
        );

        Assert.That(Execute(rejects, "SELECT kind || ' ' || code FROM rejects WHERE message_id = 'm-2'"), Is.EqualTo("Rejected 513"));
        Assert.That(Execute(rejects, "SELECT kind || ' ' || message FROM rejects WHERE message_id = 'm-3'"), Does.StartWith("Invalid "));
        Assert.That(Execute(rejects, "SELECT count(*) FROM rejects WHERE event LIKE '{%'"), Is.EqualTo(2));
    }

    [Test]
    public async Task Dead_letter_is_delivered_when_edited_and_replayed()
    {
        await using RecipeHost recipe = await RecipeHost.CreateAsync();
        recipe
            .Builder.Services.AddCleverTapDestination(recipe.Builder.Configuration.GetSection("CleverTap"))
            .AddSqliteOutbox("clevertap.db");
        IServiceProvider services = await recipe.DeliverAsync(
            new TrackEvent { UserId = "user-1", Event = "Stayed" },
            new TrackEvent { UserId = "user-1", Event = "App Launched" }
        );
        IDeadLetters deadLetters = services.GetRequiredService<IDeadLetters>();

        foreach (DeadLetter letter in await deadLetters.ListAsync())
        {
            if (letter.Code == 513 && RudderEvent.Parse(letter.Json) is TrackEvent { Event: "Stayed" } stayed)
            {
                string? id = await deadLetters.EditAsync(letter.Id, stayed with { Event = "Hotel Stayed" });
                await deadLetters.ReplayAsync([id!]);
            }
        }

        await services.GetRequiredService<ICleverTapQueue>().FlushAsync();
        Assert.That(recipe.CleverTap.Events.Single().Name, Is.EqualTo("Hotel Stayed"));
        Assert.That((await deadLetters.ListAsync()).Single().Json, Does.Contain("App Launched"));
    }

    private static object? Execute(string database, string sql)
    {
        using var connection = new SqliteConnection(database);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public sealed class RejectTable(SqliteConnection connection) : IOutcomeHandler
    {
        public async ValueTask HandleAsync(RudderEvent rudderEvent, EventOutcome outcome, CancellationToken cancellationToken)
        {
            await connection.OpenAsync(cancellationToken);
            await using SqliteCommand insert = connection.CreateCommand();
            insert.CommandText = "INSERT OR REPLACE INTO rejects VALUES ($message_id, $kind, $code, $message, $event)";
            insert.Parameters.AddWithValue("$message_id", outcome.MessageId ?? Guid.NewGuid().ToString());
            insert.Parameters.AddWithValue("$kind", outcome.Kind.ToString());
            insert.Parameters.AddWithValue("$code", (object?)outcome.Code ?? DBNull.Value);
            insert.Parameters.AddWithValue("$message", outcome.Message ?? outcome.Error?.Message ?? $"{outcome.UndeliveredReason}");
            insert.Parameters.AddWithValue("$event", rudderEvent.ToJson());
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
