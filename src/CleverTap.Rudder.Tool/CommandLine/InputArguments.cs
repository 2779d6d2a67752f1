using System.CommandLine;
using CleverTap.Rudder.Tool.Input;

namespace CleverTap.Rudder.Tool.CommandLine;

/// <summary>The argument and the option that most commands have: the input, and whether the output is JSON.</summary>
internal static class InputArguments
{
    public static Argument<string?> CreateFile() =>
        new("FILE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description =
                "RudderStack events: one a line (NDJSON), a JSON array, or bodies of the HTTP API; may be gzip. "
                + $"{InputFile.StandardInput} or none reads standard input",
        };

    public static Option<bool> CreateJson(string description) => new("--json") { Description = description };
}
