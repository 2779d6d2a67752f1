using CleverTap.Rudder;

namespace Quickstart;

/// <summary>Makes sense of the options and the environment together.</summary>
internal sealed class SettingsReader(Func<string, string?> environment)
{
    public const string AccountIdVariable = "CLEVERTAP_ACCOUNT_ID";
    public const string PasscodeVariable = "CLEVERTAP_PASSCODE";
    public const string RegionVariable = "CLEVERTAP_REGION";
    public const string DefaultPreset = "default";
    private const string ParityPreset = "rudder-transformer";

    public Settings Read(
        string? input,
        bool transform,
        string? preset,
        GivenAccount account,
        string? endpoint,
        bool dryRun,
        string? outbox,
        bool resume
    )
    {
        var settings = new Settings
        {
            Input = input,
            TransformOnly = transform,
            Mapping = MappingOf(preset),
            DryRun = dryRun,
            Outbox = NotEmpty("--outbox", outbox),
            Resume = resume,
        };
        if (resume && (outbox is null || input is not null))
        {
            throw new WrongUsageException("--resume needs --outbox, and takes no --input");
        }

        if (transform && outbox is not null)
        {
            throw new WrongUsageException("--transform delivers nothing: it takes no --outbox");
        }

        // Whoever only transforms needs no account, and is not bothered with half of one.
        if (transform)
        {
            return settings;
        }

        settings = settings with { Account = AccountOf(account), Endpoint = EndpointOf(endpoint) };
        if (settings is { Endpoint: not null, Account: null } and ({ Input: null } or { Outbox: not null }))
        {
            throw new WrongUsageException("--endpoint needs --account-id and --passcode");
        }

        return settings;
    }

    private static MappingOptions MappingOf(string? preset) =>
        preset switch
        {
            DefaultPreset => MappingOptions.Default,
            ParityPreset => MappingOptions.RudderTransformer,
            _ => throw new WrongUsageException($"--preset is {DefaultPreset} or {ParityPreset}"),
        };

    private Account? AccountOf(GivenAccount given)
    {
        string? id = NotEmpty("--account-id", given.Id) ?? Variable(AccountIdVariable);
        string? passcode = NotEmpty("--passcode", given.Passcode) ?? Variable(PasscodeVariable);
        if (id is not null && passcode is not null)
        {
            return new Account(id, passcode, given.Region ?? Variable(RegionVariable) ?? "");
        }

        if (id is not null)
        {
            throw new WrongUsageException($"An account id needs a passcode too: --passcode or {PasscodeVariable}");
        }

        if (passcode is not null)
        {
            throw new WrongUsageException($"A passcode needs an account id too: --account-id or {AccountIdVariable}");
        }

        if (given.Region is not null)
        {
            throw new WrongUsageException("--region needs --account-id and --passcode");
        }

        return null;
    }

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

    /// <summary>An option left empty, as by a script whose variable is not set, must not quietly choose the emulator.</summary>
    private static string? NotEmpty(string option, string? value) =>
        value is null || value.AsSpan().Trim().Length > 0 ? value : throw new WrongUsageException($"{option} is empty");

    private string? Variable(string name) => environment(name) is { } value && value.AsSpan().Trim().Length > 0 ? value : null;
}
