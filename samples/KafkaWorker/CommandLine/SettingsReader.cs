namespace KafkaWorker;

/// <summary>Creates the settings from the command line and the environment.</summary>
internal sealed class SettingsReader(Func<string, string?> environment)
{
    public const string AccountIdVariable = "CLEVERTAP_ACCOUNT_ID";
    public const string PasscodeVariable = "CLEVERTAP_PASSCODE";
    public const string RegionVariable = "CLEVERTAP_REGION";

    public Settings Read(CommandLineOptions given) =>
        new()
        {
            Bootstrap = Require(given.Bootstrap, "--bootstrap names the brokers, such as localhost:9092; --demo needs none"),
            Topic = Require(given.Topic, "--topic names the topic with RudderStack's events"),
            Group = given.Group ?? "",
            AccountId = Require(
                given.AccountId ?? ReadVariable(AccountIdVariable),
                $"A CleverTap account is needed: --account-id or {AccountIdVariable}"
            ),
            Passcode = Require(
                given.Passcode ?? ReadVariable(PasscodeVariable),
                $"The account's passcode is needed: --passcode or {PasscodeVariable}"
            ),
            Region = given.Region ?? ReadVariable(RegionVariable) ?? "",
            Endpoint = ParseEndpoint(given.Endpoint),
            MaxInFlight = given.MaxInFlight,
            HealthPort = given.HealthPort is null or (> 0 and <= 65535)
                ? given.HealthPort
                : throw new WrongUsageException($"--health-port must be 1 to 65535 (was {given.HealthPort})"),
            Client = given.ClientFile is null ? new Dictionary<string, string>() : ReadClientFile(given.ClientFile),
        };

    private static Uri? ParseEndpoint(string? endpoint)
    {
        if (endpoint is null)
        {
            return null;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw new WrongUsageException("--endpoint must be an address such as https://in1.api.clevertap.com");
        }

        return address;
    }

    /// <summary>
    /// Reads settings of the Kafka client. They come from a file, because every user of the machine can see a command line.
    /// </summary>
    private static Dictionary<string, string> ReadClientFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new WrongUsageException($"--client-file {path} does not exist");
        }

        Dictionary<string, string> settings = [];
        foreach (string line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new WrongUsageException("--client-file must have one name=value a line; comments start with #");
            }

            settings[line[..equals].Trim()] = line[(equals + 1)..].Trim();
        }

        return settings;
    }

    private static string Require(string? value, string error) =>
        string.IsNullOrWhiteSpace(value) ? throw new WrongUsageException(error) : value;

    private string? ReadVariable(string name) => environment(name) is { } value && value.AsSpan().Trim().Length > 0 ? value : null;
}
