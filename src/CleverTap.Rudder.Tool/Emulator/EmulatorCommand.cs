using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Text.Json;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tool.CommandLine;
using CleverTap.Rudder.Tool.Output;

namespace CleverTap.Rudder.Tool.Emulator;

/// <summary><c>emulator</c>: serves CleverTap's API until it is stopped, and then shows what it holds.</summary>
internal static class EmulatorCommand
{
    private static readonly Option<int> Port = new("--port") { HelpName = "N", Description = "The port. Default 0: a free one" };

    private static readonly Option<IPAddress> Listen = new("--listen")
    {
        HelpName = "ADDRESS",
        Description = "The address to listen on; 0.0.0.0 in a container",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = ParseAddress,
    };

    private static readonly Option<string[]> Faults = new("--fault")
    {
        HelpName = "KIND=SHARE",
        Description = $"Fails a share of the requests, as 429=0.1; may be repeated. Kinds: {FaultArguments.Kinds}",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<TimeSpan?> Latency = new("--latency")
    {
        HelpName = "TIME",
        Description = "The time that each response takes, such as 200ms",
        CustomParser = Duration.Parse,
    };

    private static readonly Option<int> Seed = new("--seed") { HelpName = "N", Description = "The seed of the random faults. Default 0" };

    private static readonly Option<string?> AccountId = new("--account-id")
    {
        HelpName = "ID",
        Description = "The account id that it accepts. Default: that of the emulator",
    };

    private static readonly Option<string?> Passcode = new("--passcode")
    {
        HelpName = "CODE",
        Description = "The passcode that it accepts; a value for tests only. Default: that of the emulator",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Write one line of JSON when it is ready, with endpoint, accountId and passcode, and one with the counts at the end",
    };

    public static Command Create()
    {
        var command = new Command("emulator", "Serve CleverTap's API on a port, with faults on demand, until Ctrl-C or SIGTERM")
        {
            Port,
            Listen,
            Faults,
            Latency,
            Seed,
            AccountId,
            Passcode,
            Json,
        };
        command.SetAction((parsed, token) => RunAsync(ReadOptions(parsed), parsed.GetValue(Json), token));
        return command;
    }

    private static CleverTapEmulatorOptions ReadOptions(ParseResult parsed)
    {
        CleverTapEmulatorOptions defaults = new();
        int port = parsed.GetValue(Port);
        if (port is < 0 or > ushort.MaxValue)
        {
            throw new WrongUsageException($"--port must be 0 to {ushort.MaxValue}, not {port}");
        }

        try
        {
            return new CleverTapEmulatorOptions
            {
                Port = port,
                ListenAddress = parsed.GetValue(Listen)!,
                AccountId = parsed.GetValue(AccountId) ?? defaults.AccountId,
                Passcode = parsed.GetValue(Passcode) ?? defaults.Passcode,
                Faults = FaultArguments.Read(parsed.GetValue(Faults)!, parsed.GetValue(Latency), parsed.GetValue(Seed)),
            };
        }
        catch (ArgumentException exception)
        {
            throw new WrongUsageException(exception.Message.Split(" (Parameter")[0]);
        }
    }

    private static async Task<int> RunAsync(CleverTapEmulatorOptions options, bool isJson, CancellationToken cancellationToken)
    {
        using Screen screen = Screen.Open();
        await using CleverTapEmulator emulator = await CleverTapEmulator.StartAsync(options, cancellationToken);
        if (isJson)
        {
            screen.Line(DescribeAsJson(emulator));
        }
        else
        {
            screen.Line("CleverTap emulator", Styles.Strong);
            screen.Table(
                ["", ""],
                [
                    ["endpoint", emulator.Endpoint.ToString()],
                    ["account id", emulator.AccountId],
                    ["passcode", emulator.Passcode],
                ]
            );
            screen.Line("Ctrl-C stops it.", Styles.Quiet);
        }

        screen.Flush();
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isJson)
        {
            screen.Line(CountAsJson(emulator));
        }
        else
        {
            Count(screen, emulator);
            StoredReport.Write(screen, emulator);
        }

        return ExitCode.Done;
    }

    private static void Count(Screen screen, CleverTapEmulator emulator)
    {
        screen.Heading("Held");
        screen.Table(["", "count"], [.. Counts(emulator).Select(count => new Cell[] { count.Name, Format(count.Value) })]);

        static string Format(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
    }

    private static string DescribeAsJson(CleverTapEmulator emulator) =>
        JsonText.Write(json =>
        {
            json.WriteString("endpoint", emulator.Endpoint.ToString());
            json.WriteString("accountId", emulator.AccountId);
            json.WriteString("passcode", emulator.Passcode);
        });

    private static string CountAsJson(CleverTapEmulator emulator) =>
        JsonText.Write(json =>
        {
            foreach ((string name, long value) in Counts(emulator))
            {
                json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(name), value);
            }
        });

    private static IEnumerable<(string Name, long Value)> Counts(CleverTapEmulator emulator) =>
        [
            ("profiles", emulator.ProfileCount),
            ("events", emulator.EventCount),
            ("rejected", emulator.RejectedCount),
            ("requests", emulator.RequestCount),
        ];

    private static IPAddress ParseAddress(ArgumentResult result)
    {
        if (IPAddress.TryParse(result.Tokens[^1].Value, out IPAddress? address))
        {
            return address;
        }

        result.AddError("--listen must be an IP address");
        return IPAddress.Loopback;
    }
}
