using System.Net;
using System.Text.Json;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tool.CheckAccount;
using CleverTap.Rudder.Tool.CommandLine;
using CleverTap.Rudder.Tool.Output;
using Spectre.Console;

namespace CleverTap.Rudder.Tests.Tool.CheckAccount;

/// <summary>What a run prints, in each of its forms.</summary>
public sealed class CheckReportTests
{
    /// <summary>It has characters that JSON, an address and HTML escape.</summary>
    private static readonly Account Secretive = new("ACC-4711", "s3cret\"/&<> \\+code", "");

    private static readonly string[] Forms = ["json", "plain", "terminal"];

    private static readonly string[] Echoes =
    [
        Secretive.Passcode,
        Secretive.Passcode.ToUpperInvariant(),
        Uri.EscapeDataString(Secretive.Passcode),
        WebUtility.HtmlEncode(Secretive.Passcode),
        JsonEncodedText.Encode(Secretive.Passcode).Value,
    ];

    [Test]
    public async Task Report_holds_no_credential_that_the_server_echoes(
        [ValueSource(nameof(Forms))] string form,
        [ValueSource(nameof(Echoes))] string echo
    )
    {
        string text = JsonSerializer.Serialize($"Skipped record number : 1, {echo} of {Secretive.Id}");
        string body = $$"""{"status":"fail","error":{{text}},"unprocessed":[{"code":509,"error":{{text}}}]}""";
        await using LocalServer server = await LocalServer.StartAsync(LocalServer.Always(200, body));

        string printed = await PrintAsync(form, server.Endpoint, Secretive);

        Assert.That(printed, Does.Contain("(passcode)"));
        Assert.That(printed, Does.Not.Contain("s3cret").IgnoreCase.And.Not.Contain(Secretive.Id));
    }

    [Test]
    public async Task Reason_to_stop_holds_no_credential_that_the_server_echoes()
    {
        await using LocalServer server = await LocalServer.StartAsync(LocalServer.Always(500, $"<p>{Secretive.Passcode}</p>"));

        CheckResults report = await CheckSession.RunAsync(server.Endpoint, Secretive);

        Assert.That(report.StopReason, Does.Contain("<p>(passcode)</p>"));
    }

    [Test]
    public async Task Text_of_the_server_stays_on_its_line_and_is_short()
    {
        string error = $"a\\u001b[31m\\n{new string('b', 5000)}";
        string body = $$"""{"status":"fail","unprocessed":[{"code":1,"error":"{{error}} Skipped record number : 1"}]}""";
        await using LocalServer server = await LocalServer.StartAsync(LocalServer.Always(200, body));
        using ProbeSender sender = CheckSession.CreateSender(server.Endpoint);

        ProbeResponse response = await sender.SendAsync(ClaimTable.All[0].Probe.Request, CancellationToken.None);

        Assert.That(response.Response.Unprocessed[0].Error, Does.StartWith("a [31m b").And.Length.LessThan(400));
    }

    [Test]
    public async Task Json_has_one_object_for_the_run_for_each_claim_and_for_the_summary()
    {
        await using CleverTapEmulator emulator = await CleverTapEmulator.StartAsync();

        string printed = await PrintAsync("json", emulator.Endpoint, CheckSession.Account);

        JsonElement[] lines = [.. printed.TrimEnd().Split(Environment.NewLine).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.That(lines[0].GetProperty("endpoint").GetString(), Is.EqualTo(emulator.Endpoint.AbsoluteUri));
        Assert.That(lines[1..^1].Select(line => line.GetProperty("id").GetString()), Is.EqualTo(ClaimTable.All.Select(claim => claim.Id)));
        JsonElement claim = lines[1];
        Assert.That(claim.GetProperty("status").GetString(), Is.EqualTo("agrees"));
        Assert.That(claim.GetProperty("grade").GetString(), Is.EqualTo("unsure"));
        Assert.That(claim.GetProperty("request").GetProperty("path").GetString(), Is.EqualTo("1/upload?dryRun=1"));
        Assert.That(claim.GetProperty("request").GetProperty("body").GetString(), Does.Contain(lines[0].GetProperty("user").GetString()));
        Assert.That(claim.GetProperty("response").GetProperty("unprocessed")[0].GetProperty("code").GetInt32(), Is.EqualTo(509));
        Assert.That(lines[^1].GetProperty("agrees").GetInt32(), Is.EqualTo(ClaimTable.All.Count(claim => !claim.Probe.IsWrite)));
        Assert.That(lines[^1].GetProperty("differs").GetInt32(), Is.Zero);
        Assert.That(lines[^1].GetProperty("noProbe").EnumerateObject().Count(), Is.EqualTo(Unprobed.All.Length));
    }

    [Test]
    public async Task Plain_output_has_a_line_for_each_claim_that_says_if_it_is_unsure()
    {
        await using CleverTapEmulator emulator = await CleverTapEmulator.StartAsync();

        string[] lines = (await PrintAsync("plain", emulator.Endpoint, CheckSession.Account)).Split(Environment.NewLine);

        Assert.That(
            lines,
            Does.Contain(
                "agrees      employed: Employed must be Y or N. Expected: accepted: \"Y\", \"N\"; rejected with 517: \"yes\". "
                    + "Actual: accepted: \"Y\", \"N\"; rejected with 517: \"yes\". Used in: StandardField.Employed, "
                    + "MappingOptions.NormalizeProfileFields, WarningCode.StandardFieldFormat, ProfileUploadValidator"
            )
        );
        Assert.That(lines.Count(line => line.Contains(" (unsure).", StringComparison.Ordinal)), Is.EqualTo(UnsureCount));
        Assert.That(lines[^3], Does.StartWith($"{ClaimTable.All.Count} claims: ").And.Contain(" 0 differ,"));
    }

    [Test]
    public async Task Terminal_shows_a_table_of_all_claims()
    {
        await using CleverTapEmulator emulator = await CleverTapEmulator.StartAsync();

        string printed = await PrintAsync("terminal", emulator.Endpoint, CheckSession.Account);

        Assert.That(ClaimTable.All.Where(claim => !printed.Contains(claim.Id, StringComparison.Ordinal)), Is.Empty);
        Assert.That(printed, Does.Contain("StandardField.Employed"));
    }

    [Test]
    public void Plain_output_names_the_claims_that_are_left()
    {
        using var output = new StringWriter();
        using ProbeSender sender = CheckSession.CreateSender(new Uri("http://127.0.0.1:1"));
        using var report = new ScreenCheckReport(new Screen(output, terminal: null), CheckSession.Create(sender));

        report.Finish(new CheckResults([], [.. ClaimTable.All.Take(2)], StopReason: "The run was stopped"));

        Assert.That(output.ToString(), Does.Contain("2 claims: 0 agree").And.Contain("Left: dry-run-validates, dry-run-accepts"));
    }

    private static int UnsureCount => ClaimTable.All.Count(claim => claim.Grade == Grade.Unsure);

    private static async Task<string> PrintAsync(string form, Uri endpoint, Account account)
    {
        using var output = new StringWriter();
        using ProbeSender sender = CheckSession.CreateSender(endpoint, account);
        AccountCheck check = CheckSession.Create(sender);
        using ICheckReport report = form switch
        {
            "json" => new JsonCheckReport(output, check, DateTimeOffset.UnixEpoch),
            "plain" => new ScreenCheckReport(new Screen(output, terminal: null), check),
            _ => new ScreenCheckReport(new Screen(TextWriter.Null, CreateConsole(output)), check),
        };
        report.Finish(await check.RunAsync(ClaimTable.All, report.Add, CancellationToken.None));
        return output.ToString();
    }

    private static IAnsiConsole CreateConsole(TextWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 400;
        return console;
    }
}
