using System.CommandLine;
using CleverTap.Rudder.Tool.CommandLine;
using CleverTap.Rudder.Tool.Output;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tool.DeadLetters;

/// <summary><c>dead-letters list|replay|purge</c>: works on the dead letters of an outbox that no process uses at the time.</summary>
internal static class DeadLettersCommand
{
    private const int PageSize = 100;
    private const int MaxText = 200;

    private static readonly Option<string> Outbox = new("--outbox")
    {
        HelpName = "PATH",
        Description = "The SQLite file of the outbox",
        Required = true,
    };

    private static readonly Option<string[]> Ids = new("--id")
    {
        HelpName = "ID",
        Description = "A dead letter, by its id in the list; may be repeated. Default: all",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Write JSON: one line for each dead letter, or the number" };

    public static Command Create()
    {
        var list = new Command("list", "List the dead letters: when, which event, and why") { Outbox, Json };
        list.SetAction((parsed, token) => RunAsync(parsed, letters => ListAsync(letters, parsed.GetValue(Json), token)));

        var replay = new Command("replay", "Put dead letters back into the outbox; deliver --outbox PATH --resume delivers them")
        {
            Outbox,
            Ids,
            Json,
        };
        replay.SetAction(
            (parsed, token) => RunAsync(parsed, letters => CountAsync("replayed", letters.ReplayAsync(IdsOf(parsed), token), parsed))
        );

        var purge = new Command("purge", "Delete dead letters") { Outbox, Ids, Json };
        purge.SetAction(
            (parsed, token) => RunAsync(parsed, letters => CountAsync("purged", letters.PurgeAsync(IdsOf(parsed), token), parsed))
        );
        return new Command("dead-letters", "List, replay or purge the events that an outbox gave up") { list, replay, purge };
    }

    private static string[]? IdsOf(ParseResult parsed) => parsed.GetValue(Ids) is { Length: > 0 } ids ? ids : null;

    private static async Task<int> RunAsync(ParseResult parsed, Func<IDeadLetters, Task<int>> work)
    {
        string path = parsed.GetValue(Outbox)!;
        if (!File.Exists(path))
        {
            throw new WrongUsageException($"--outbox does not exist: {path}");
        }

        try
        {
            await using ServiceProvider provider = Open(path);
            return await work(provider.GetRequiredService<IDeadLetters>());
        }
        catch (SqliteOutboxException exception)
        {
            throw new WrongUsageException(exception.Message);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new WrongUsageException("--id must be an id of the list");
        }
    }

    /// <summary>Opens the file without a host, so that nothing is delivered. The account has no use.</summary>
    private static ServiceProvider Open(string path)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services
            .AddCleverTapDestination(options =>
            {
                options.AccountId = "none";
                options.Passcode = "none";
            })
            .AddSqliteOutbox(path);
        return services.BuildServiceProvider();
    }

    private static async Task<int> ListAsync(IDeadLetters letters, bool isJson, CancellationToken cancellationToken)
    {
        using Screen screen = Screen.Open();
        string? after = null;
        long count = 0;
        while (await letters.ListAsync(after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            if (isJson)
            {
                WriteJson(screen, page);
            }
            else
            {
                screen.Table(["id", "at", "messageId", "kind", "why"], page.Select(Row));
            }

            after = page[^1].Id;
            count += page.Count;
        }

        if (count == 0 && !isJson)
        {
            screen.Line("No dead letters.");
        }

        return ExitCode.Done;
    }

    private static void WriteJson(Screen screen, IEnumerable<DeadLetter> page)
    {
        foreach (DeadLetter letter in page)
        {
            screen.Line(
                JsonText.Write(json =>
                {
                    json.WriteString("id", letter.Id);
                    json.WriteString("at", letter.At);
                    json.WriteString("messageId", letter.MessageId);
                    json.WriteString("kind", letter.Kind.ToString());
                    if (letter.Code is { } code)
                    {
                        json.WriteNumber("code", code);
                    }

                    json.WriteString("reason", letter.Reason);
                    json.WriteString("message", letter.Message);
                    json.WriteString("event", letter.Json);
                })
            );
        }
    }

    private static Cell[] Row(DeadLetter letter) =>
        [
            new(letter.Id, Styles.Quiet),
            letter.At.ToString("u"),
            new(Printable.Shorten(letter.MessageId ?? "", MaxText), Styles.Strong),
            new(letter.Kind.ToString().ToLowerInvariant(), Styles.Bad),
            Printable.Shorten($"{letter.Code?.ToString() ?? letter.Reason} {letter.Message}".Trim(), MaxText),
        ];

    /// <summary>Writes the number. It is an error if some of the given ids do not exist.</summary>
    private static async Task<int> CountAsync(string name, Task<int> work, ParseResult parsed)
    {
        int count = await work;
        using Screen screen = Screen.Open();
        screen.Line(parsed.GetValue(Json) ? JsonText.Write(json => json.WriteNumber(name, count)) : $"{name} {count}");
        return IdsOf(parsed) is { } ids && count < ids.Length ? ExitCode.Unfinished : ExitCode.Done;
    }
}
