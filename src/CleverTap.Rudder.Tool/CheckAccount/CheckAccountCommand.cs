using System.CommandLine;
using CleverTap.Rudder.Tool.CommandLine;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary><c>check-account</c>: compares what the library claims about CleverTap with the responses of an account.</summary>
internal static class CheckAccountCommand
{
    public static Command Create()
    {
        var command = new Command("check-account", "Probe an account by dry run, and compare it with what the library relies on");
        new AccountArguments().AddTo(command);
        return command;
    }
}
