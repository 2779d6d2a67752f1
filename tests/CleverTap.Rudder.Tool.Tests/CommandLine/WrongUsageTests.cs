using System.Diagnostics;

namespace CleverTap.Rudder.Tests.Tool.CommandLine;

/// <summary>Wrong usage is exit code 2 and one sentence, before anything is done.</summary>
public sealed class WrongUsageTests
{
    [TestCase("Required command")]
    [TestCase("'bogus'", "bogus")]
    [TestCase("'bogus'", "dead-letters", "bogus")]
    [TestCase("Unrecognized option '--bogus'", "transform", "--bogus")]
    [TestCase("Cannot parse argument 'many'", "deliver", "--emulator", "--max-in-flight", "many")]
    [TestCase("NoSuch:0 is no option", "transform", "--mapping", "NoSuch:0=x")]
    [TestCase("--mapping must be NAME=VALUE", "transform", "--mapping", "RenameTraits:plan=")]
    [TestCase("--mapping: ", "transform", "--mapping", "RenameTraits:plan= ")]
    [TestCase("--outbox does not exist", "deliver", "--resume", "--outbox", "no-such-file.db")]
    [TestCase("--unknown", "deliver", "--unknown")]
    [TestCase("argument", "transform", "-", "argument")]
    [TestCase("does not exist", "transform", "no-such-file.ndjson")]
    [TestCase("directory", "compare", ".")]
    [TestCase("--preset", "transform", "--preset", "fancy")]
    [TestCase("--mapping must be NAME=VALUE", "transform", "--mapping", "TrackAnonymous")]
    [TestCase("Fancy is no option", "transform", "--mapping", "Fancy=true")]
    [TestCase("TrackAnonymous must be true or false", "transform", "--mapping", "TrackAnonymous=maybe")]
    [TestCase("DropTraits must be a list of names", "transform", "--mapping", "DropTraits=ssn,email")]
    [TestCase("--config cannot be read", "transform", "--config", "no-such-file.json")]
    [TestCase("CLEVERTAP_PASSCODE", "deliver", "--account-id", "account")]
    [TestCase("--account-id", "deliver", "--passcode", "secret")]
    [TestCase("--account-id is empty", "deliver", "--account-id", "", "--passcode", "")]
    [TestCase("--passcode-file cannot be read", "deliver", "--account-id", "account", "--passcode-file", "no-such-file")]
    [TestCase("--account-id", "deliver", "--region", "in1")]
    [TestCase("--emulator takes no account", "deliver", "--emulator", "--account-id", "account")]
    [TestCase("Region", "deliver", "--account-id", "account", "--passcode", "secret", "--region", "evil.example/")]
    [TestCase("https", "deliver", "--account-id", "account", "--passcode", "secret", "--endpoint", "http://example.com")]
    [TestCase("--endpoint", "deliver", "--account-id", "account", "--passcode", "secret", "--endpoint", "nowhere")]
    [TestCase("MaxInFlight", "deliver", "--account-id", "account", "--passcode", "secret", "--region", "in1", "--max-in-flight", "99")]
    [TestCase("--timeout must be a time", "deliver", "--emulator", "--timeout", "soon")]
    [TestCase("--resume needs --outbox", "deliver", "--resume")]
    [TestCase("--resume", "deliver", "--resume", "--outbox", "outbox.db", "-")]
    [TestCase("--outbox is empty", "deliver", "--emulator", "--outbox", "")]
    [TestCase("folder", "deliver", "--account-id", "a", "--passcode", "secret", "--region", "in1", "--outbox", "no-such-folder/o.db")]
    [TestCase("--html cannot be written", "compare", "--html", "no-such-folder/report.html")]
    [TestCase("--port", "emulator", "--port", "70000")]
    [TestCase("--fault must be KIND=SHARE", "emulator", "--fault", "fire=0.1")]
    [TestCase("The sum of the shares", "emulator", "--fault", "429=0.8", "--fault", "500=0.8")]
    [TestCase("--outbox does not exist", "dead-letters", "list", "--outbox", "no-such-file.db")]
    public async Task Wrong_usage_is_reported_in_one_sentence(string hint, params string[] arguments)
    {
        ToolRun run = await ToolRun.StartAsync(arguments);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error.TrimEnd(), Does.Contain(hint).And.Not.Contain("\n").And.Not.Contain("secret"));
    }

    [Test]
    [Platform("Linux", Reason = "Only Linux tells that standard input is closed.")]
    public async Task Closed_standard_input_is_reported_in_one_sentence()
    {
        using Process process = ToolRun.LaunchBy(ToolRun.WithoutInput, "transform");

        string error = await process.StandardError.ReadToEndAsync();
        await ToolRun.WaitForExitAsync(process);

        Assert.That(
            (process.ExitCode, error),
            Is.EqualTo((2, "Standard input is closed: name a file, or pipe the events to the command. See --help.\n"))
        );
    }
}
