using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Delivery;

public sealed class OptionsTests
{
    private static readonly CleverTapOptionsValidator Validator = new();

    public static IEnumerable<TestCaseData> WrongOptions()
    {
        yield return Case("AccountId is missing", options => options.AccountId = "");
        yield return Case("Passcode is missing", options => options.Passcode = " ");
        yield return Case("AccountId holds characters that no HTTP header can carry", options => options.AccountId = "acc\r\nX-Evil: 1");
        yield return Case("Passcode holds characters that no HTTP header can carry", options => options.Passcode = "s\u00e9same");
        yield return Case("Region may hold", options => options.Region = "in1.evil.com/");
        yield return Case("Region global is not a region of CleverTap: leave Region empty", options => options.Region = "Global");
        yield return Case("Region may hold", options => options.Region = "-in1");
        yield return Case("Endpoint must be an absolute address", options => options.Endpoint = new Uri("/upload", UriKind.Relative));
        yield return Case("Endpoint must be https", options => options.Endpoint = new Uri("http://in1.api.clevertap.com"));
        yield return Case(
            "Endpoint must be an address without user, query or fragment",
            options => options.Endpoint = new Uri("https://user:secret@host.example/?key=1")
        );
        yield return Case(
            "Endpoint must be an address without the path /1/upload",
            options => options.Endpoint = new Uri("https://in1.api.clevertap.com/1/upload/")
        );
        yield return Case("Mapping is missing", options => options.Mapping = null!);
        yield return Case("Timeout must be positive and at most 24 days, not 00:00:00", options => options.Timeout = TimeSpan.Zero);
        yield return Case(
            "Timeout must be positive and at most 24 days, not 25.00:00:00",
            options => options.Timeout = TimeSpan.FromDays(25)
        );
        yield return Case("Deadline must be positive", options => options.Deadline = TimeSpan.Zero);
        yield return Case("MaxInFlight must be 1 to 15, not 0", options => options.MaxInFlight = 0);
        yield return Case("MaxInFlight must be 1 to 15, not 16", options => options.MaxInFlight = 16);
        yield return Case("MaxAttempts must be positive, not 0", options => options.MaxAttempts = 0);
        yield return Case("RetryBaseDelay must be ≥ 0 (was -00:00:01)", options => options.RetryBaseDelay = TimeSpan.FromSeconds(-1));
        yield return Case(
            "RetryMaxDelay (00:00:01) must not be less than RetryBaseDelay (00:00:02)",
            options => (options.RetryBaseDelay, options.RetryMaxDelay) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1))
        );
        yield return Case("MaxRetryAfter must be 0 to 24 days", options => options.MaxRetryAfter = TimeSpan.FromDays(25));
        yield return Case("LostResponses must be Resend or Report", options => options.LostResponses = (LostResponsePolicy)7);
        yield return Case("CredentialsCheck must be Warn, Fail or Off", options => options.CredentialsCheck = (CredentialsCheckMode)7);
        yield return Case("MaxResponseBytes must be positive, not 0", options => options.MaxResponseBytes = 0);
        yield return Case("MaxBatchRecords must be 1 to 1000, not 1001", options => options.MaxBatchRecords = 1001);
        yield return Case("MaxBatchRecords must be 1 to 1000, not 0", options => options.MaxBatchRecords = 0);
        yield return Case("MaxBatchBytes must be positive, not -1", options => options.MaxBatchBytes = -1);

        static TestCaseData Case(string error, Action<CleverTapOptions> spoil) => new TestCaseData(error, spoil).SetArgDisplayNames(error);
    }

    [TestCaseSource(nameof(WrongOptions))]
    public void Validator_names_the_option_when_it_is_wrong(string error, Action<CleverTapOptions> spoil)
    {
        CleverTapOptions options = Good();
        spoil(options);

        Assert.That(Validator.Validate("", options).FailureMessage, Does.StartWith("CleverTap destination: ").And.Contains(error));
    }

    [Test]
    public void Validator_reports_all_errors_in_one_message_without_the_passcode()
    {
        ValidateOptionsResult result = Validator.Validate("eu", new CleverTapOptions { Passcode = "s\u00e9same", Region = "?" });

        Assert.That(
            result.FailureMessage,
            Does.StartWith("CleverTap destination 'eu': AccountId is missing; Passcode holds").And.Contains("Region may hold")
        );
        Assert.That(result.FailureMessage, Does.Not.Contain("s\u00e9same"));
    }

    [Test]
    public void Validator_accepts_an_insecure_endpoint_when_it_is_allowed()
    {
        CleverTapOptions options = Good();
        (options.Endpoint, options.AllowInsecureEndpoint) = (new Uri("http://proxy.internal/"), true);

        Assert.That(Validator.Validate("", options).Succeeded);
    }

    [TestCase("", null, "https://api.clevertap.com/")]
    [TestCase("none", null, "https://api.clevertap.com/")]
    [TestCase("in1", null, "https://in1.api.clevertap.com/")]
    [TestCase("mec1", null, "https://mec1.api.clevertap.com/")]
    [TestCase("IN1", null, "https://in1.api.clevertap.com/")]
    [TestCase(" in1 ", null, "https://in1.api.clevertap.com/")]
    [TestCase("EU", null, "https://eu1.api.clevertap.com/")]
    [TestCase("None", null, "https://api.clevertap.com/")]
    [TestCase(" ", null, "https://api.clevertap.com/")]
    [TestCase("in1", "https://proxy.example/clevertap", "https://proxy.example/clevertap/")]
    [TestCase("", "http://127.0.0.1:5000/", "http://127.0.0.1:5000/")]
    [TestCase("", "http://localhost:5000", "http://localhost:5000/")]
    public void Endpoint_follows_from_the_region_unless_an_address_is_set(string region, string? endpoint, string expected)
    {
        CleverTapOptions options = Good();
        options.Region = region;
        options.Endpoint = endpoint is null ? null : new Uri(endpoint);

        Assert.That(Validator.Validate("", options).Succeeded);
        Assert.That(CleverTapEndpoint.From(options).AbsoluteUri, Is.EqualTo(expected));
    }

    [Test]
    public void ToString_never_contains_the_passcode() =>
        Assert.That(Good().ToString(), Is.EqualTo("CleverTap account acc at https://api.clevertap.com/"));

    internal static CleverTapOptions Good() => new() { AccountId = "acc", Passcode = "secret" };
}
