namespace KafkaWorker;

/// <summary>Makes sense of the options and the environment together.</summary>
internal sealed class SettingsReader(Func<string, string?> environment)
{
    public const string AccountIdVariable = "CLEVERTAP_ACCOUNT_ID";
    public const string PasscodeVariable = "CLEVERTAP_PASSCODE";
    public const string RegionVariable = "CLEVERTAP_REGION";

    public Settings Read(CommandLineOptions given) =>
        new()
        {
            Bootstrap = Needed(given.Bootstrap, "--bootstrap names the brokers, such as localhost:9092; --demo needs none"),
            Topic = Needed(given.Topic, "--topic names the topic with RudderStack's events"),
            Group = given.Group ?? "",
            AccountId = Needed(
                given.AccountId ?? Variable(AccountIdVariable),
                $"A CleverTap account is needed: --account-id or {AccountIdVariable}"
            ),
            Passcode = Needed(
                given.Passcode ?? Variable(PasscodeVariable),
                $"The account's passcode is needed: --passcode or {PasscodeVariable}"
            ),
            Region = given.Region ?? Variable(RegionVariable) ?? "",
            Endpoint = EndpointOf(given.Endpoint),
            MaxInFlight = given.MaxInFlight,
            HealthPort = given.HealthPort is null or (> 0 and <= 65535)
                ? given.HealthPort
                : throw new WrongUsageException($"--health-port is 1 to 65535 (was {given.HealthPort})"),
            Client = given.ClientFile is null ? new Dictionary<string, string>() : ClientOf(given.ClientFile),
        };

    private static Uri? EndpointOf(string? endpoint)
    {
        if (endpoint is null)
        {
            return null;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw new WrongUsageException("--endpoint is an address such as https://in1.api.clevertap.com");
        }

        return address;
    }

    /// <summary>A file, because a command line is seen by every user of the machine.</summary>
    private static Dictionary<string, string> ClientOf(string path)
    {
        if (!File.Exists(path))
        {
            throw new WrongUsageException($"--client-file {path} is no file");
        }

        Dictionary<string, string> settings = [];
        foreach (string line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new WrongUsageException("--client-file has one name=value a line, and comments behind #");
            }

            settings[line[..equals].Trim()] = line[(equals + 1)..].Trim();
        }

        return settings;
    }

    private static string Needed(string? value, string otherwise) =>
        string.IsNullOrWhiteSpace(value) ? throw new WrongUsageException(otherwise) : value;

    private string? Variable(string name) => environment(name) is { } value && value.AsSpan().Trim().Length > 0 ? value : null;
}
