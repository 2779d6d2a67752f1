using System.CommandLine;
using CleverTap.Rudder.Tool.CommandLine;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary>The command line of <c>check-account</c>.</summary>
internal sealed class CheckAccountArguments
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    private readonly AccountArguments account = new();

    private readonly Option<TimeSpan?> timeout = new("--timeout")
    {
        HelpName = "TIME",
        Description = "The longest time of one probe. Default 30s",
        CustomParser = Duration.Parse,
    };

    private readonly Option<bool> allowWrites = new("--allow-writes")
    {
        Description =
            "Also send what CleverTap stores: a profile with a made-up identity, which is deleted again (within 48 hours), and "
            + "the address check@example.com, which is unsubscribed. This shows that a look-up finds what is stored",
    };

    private readonly Option<bool> json = InputArguments.CreateJson(
        "Write one JSON object a line (the run, each claim, the summary) without credentials, to attach to a bug report"
    );

    public CheckAccountArguments(Command command)
    {
        account.AddTo(command);
        command.Options.Add(timeout);
        command.Options.Add(allowWrites);
        command.Options.Add(json);
    }

    public bool AllowsWrites(ParseResult parsed) => parsed.GetValue(allowWrites);

    public bool IsJson(ParseResult parsed) => parsed.GetValue(json);

    /// <exception cref="WrongUsageException">The account or the address is missing, not valid or not safe.</exception>
    public ProbeSender CreateSender(ParseResult parsed)
    {
        Account read =
            account.Read(parsed, config: null)
            ?? throw new WrongUsageException($"check-account needs an account: {AccountArguments.AccountIdVariable} or --account-id");
        return new ProbeSender(read, account.ReadEndpoint(parsed), parsed.GetValue(timeout) ?? DefaultTimeout, TimeProvider.System);
    }
}
