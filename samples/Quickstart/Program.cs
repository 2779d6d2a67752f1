using CleverTap.Rudder;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

// A CleverTap on your machine. For the real one, leave Endpoint out and set Region to yours, such as "in1".
await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
var services = new ServiceCollection();
services.AddCleverTapDestination(options =>
{
    options.AccountId = cleverTap.AccountId;
    options.Passcode = cleverTap.Passcode;
    options.Endpoint = cleverTap.Endpoint;
});
await using ServiceProvider provider = services.BuildServiceProvider();

// The sample calls of RudderStack's guide. The last one is a mistake: a track call without a name.
string[] calls = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "events.ndjson"));
RudderEvent[] events = Array.ConvertAll(calls, RudderEvent.Parse);

// Transform() shows what an event becomes. SendAsync() transforms and delivers, and returns one outcome for each event.
var destination = provider.GetRequiredService<ICleverTapDestination>();
DeliveryReport report = await destination.SendAsync(events);

Table outcomes = NewTable("call", "becomes", "outcome");
for (int i = 0; i < events.Length; i++)
{
    TransformResult result = CleverTapTransformer.Default.Transform(events[i]);
    string outcome =
        $"{report[i].Kind} {report[i].Message}{string.Join(", ", report[i].OmittedFields.Select(omitted => $"without {omitted.Field}"))}";
    AddRow(outcomes, events[i].GetType().Name, string.Join('\n', result.Records.Select(record => record.ToJson())), outcome.Trim());
}

if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = 160;
}

AnsiConsole.Write(outcomes.Title("What each call becomes"));

Table stored = NewTable("profile or event", "attributes or properties");
foreach ((string id, StoredProfile profile) in cleverTap.Profiles)
{
    AddRow(stored, $"profile {id}", Describe(profile.Attributes));
}

foreach (StoredEvent e in cleverTap.Events)
{
    AddRow(stored, $"event {e.Name}", Describe(e.Properties));
}

AnsiConsole.Write(stored.Title("What CleverTap stores"));
AnsiConsole.WriteLine(report.ToString());

static Table NewTable(params string[] columns)
{
    Table table = new Table().Border(TableBorder.Rounded).ShowRowSeparators();
    foreach (string column in columns)
    {
        table.AddColumn(column);
    }

    return table;
}

static void AddRow(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));

static string Describe(IReadOnlyDictionary<string, System.Text.Json.JsonElement> values) =>
    string.Join('\n', values.Select(value => $"{value.Key}: {value.Value.GetRawText()}"));
