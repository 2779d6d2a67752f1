using System.CommandLine;
using Spectre.Console;

namespace CleverTap.Rudder.Tool.CommandLine;

/// <summary>The options of the CleverTap account to use.</summary>
/// <remarks>
/// Each part comes from the command line, the configuration of <c>--config</c>, or the environment, in this order. The passcode may also
/// be in a file, and is asked for on a terminal, so that it need not be on the command line.
/// </remarks>
internal sealed class AccountArguments
{
    public const string AccountIdVariable = "CLEVERTAP_ACCOUNT_ID";
    public const string PasscodeVariable = "CLEVERTAP_PASSCODE";
    public const string RegionVariable = "CLEVERTAP_REGION";
    private const int MaxPasscodeBytes = 4096;

    private readonly Option<string?> accountId = new("--account-id")
    {
        HelpName = "ID",
        Description = $"CleverTap's account id; or {AccountIdVariable}",
    };

    private readonly Option<string?> passcode = new("--passcode")
    {
        HelpName = "CODE",
        Description = $"The account's passcode; better in {PasscodeVariable} or --passcode-file",
    };

    private readonly Option<string?> passcodeFile = new("--passcode-file")
    {
        HelpName = "FILE",
        Description = "A file that holds the passcode alone",
    };

    private readonly Option<string?> region = new("--region")
    {
        HelpName = "REGION",
        Description = $"The account's region, such as in1; or {RegionVariable}",
    };

    private readonly Option<string?> endpoint = new("--endpoint")
    {
        HelpName = "URL",
        Description = "The address of the API instead of the region's: https, or a loopback address",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(accountId);
        command.Options.Add(passcode);
        command.Options.Add(passcodeFile);
        command.Options.Add(region);
        command.Options.Add(endpoint);
    }

    /// <summary>Whether the command line names an account or an address.</summary>
    public bool IsGiven(ParseResult parsed) =>
        new[] { accountId, passcode, passcodeFile, region, endpoint }.Any(option => parsed.GetResult(option) is not null);

    /// <summary>Reads the account; null if neither the command line, the configuration nor the environment names one.</summary>
    /// <exception cref="WrongUsageException">A part is missing, empty or unreadable.</exception>
    public Account? Read(ParseResult parsed, RudderDestinationConfig? config)
    {
        string? id = NotEmpty(parsed, accountId) ?? config?.AccountId ?? Variable(AccountIdVariable);
        string? code = NotEmpty(parsed, passcode) ?? ReadFile(parsed) ?? config?.Passcode ?? Variable(PasscodeVariable);
        if (id is null && code is null)
        {
            return parsed.GetValue(region) is null
                ? null
                : throw new WrongUsageException($"--region needs --account-id or {AccountIdVariable}");
        }

        if (id is null)
        {
            throw new WrongUsageException($"A passcode needs an account id: --account-id or {AccountIdVariable}");
        }

        code ??= Ask(id);
        return new Account(id, code, NotEmpty(parsed, region) ?? config?.Region ?? Variable(RegionVariable) ?? "");
    }

    /// <summary>Reads the address in place of the region's; null if there is none.</summary>
    /// <exception cref="WrongUsageException">The value is not an address.</exception>
    public Uri? ReadEndpoint(ParseResult parsed)
    {
        if (NotEmpty(parsed, endpoint) is not { } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address
            : throw new WrongUsageException("--endpoint must be an address such as https://in1.api.clevertap.com");
    }

    private string? ReadFile(ParseResult parsed)
    {
        if (NotEmpty(parsed, passcodeFile) is not { } path)
        {
            return null;
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            using var reader = new StreamReader(file);
            char[] buffer = new char[MaxPasscodeBytes];
            string text = new string(buffer, 0, reader.ReadBlock(buffer)).Trim();
            return text.Length > 0 ? text : throw new WrongUsageException($"--passcode-file is empty: {path}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WrongUsageException($"--passcode-file cannot be read: {path}");
        }
    }

    private static string Ask(string id)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            throw new WrongUsageException($"The account {id} needs a passcode: {PasscodeVariable} or --passcode-file");
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Prompt(new TextPrompt<string>(Markup.Escape($"Passcode of the account {id}:")).Secret());
    }

    /// <summary>An option that is left empty, as by a script whose variable is not set, must not choose another account.</summary>
    private static string? NotEmpty(ParseResult parsed, Option<string?> option)
    {
        string? value = parsed.GetValue(option);
        return value is null || !string.IsNullOrWhiteSpace(value) ? value : throw new WrongUsageException($"{option.Name} is empty");
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
