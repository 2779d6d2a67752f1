namespace CleverTap.Rudder.Tests.Quickstart;

/// <summary>Wrong usage is exit code 2 and one sentence, before anything is done.</summary>
public sealed class WrongUsageTests
{
    [TestCase("--unknown", "--unknown")]
    [TestCase("argument", "argument")]
    [TestCase("--input", "--input")]
    [TestCase("names no file", "--input", "no-such-file.ndjson")]
    [TestCase("directory", "--input", ".")]
    [TestCase("--preset", "--preset", "fancy")]
    [TestCase("--passcode", "--account-id", "account")]
    [TestCase("--account-id", "--passcode", "secret")]
    [TestCase("--account-id is empty", "--account-id", "", "--passcode", "")]
    [TestCase("--account-id", "--region", "in1")]
    [TestCase("--account-id", "--endpoint", "https://in1.api.clevertap.com")]
    [TestCase("Region", "--account-id", "account", "--passcode", "secret", "--region", "evil.example/")]
    [TestCase("https", "--account-id", "account", "--passcode", "secret", "--endpoint", "http://example.com")]
    [TestCase("--resume needs --outbox", "--resume")]
    [TestCase("--resume", "--resume", "--outbox", "outbox.db", "--input", "-")]
    [TestCase("--transform", "--transform", "--outbox", "outbox.db")]
    [TestCase("--outbox is empty", "--outbox", "")]
    [TestCase("folder", "--outbox", "no-such-folder/outbox.db")]
    [TestCase("--endpoint", "--account-id", "account", "--passcode", "secret", "--endpoint", "nowhere")]
    public async Task It_says_in_one_sentence_what_is_wrong(string hint, params string[] arguments)
    {
        QuickstartRun run = await QuickstartRun.StartAsync(arguments);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error.TrimEnd(), Does.Contain(hint).And.Not.Contain("\n").And.Not.Contain("secret"));
    }
}
