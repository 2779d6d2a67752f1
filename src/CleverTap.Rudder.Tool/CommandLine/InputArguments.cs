using System.CommandLine;

namespace CleverTap.Rudder.Tool.CommandLine;

/// <summary>The argument and the option that most commands have: the input, and whether the output is JSON.</summary>
internal static class InputArguments
{
    /// <summary>The name that means standard input.</summary>
    public const string StandardInput = "-";

    public static Argument<string?> CreateFile() =>
        new("FILE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description =
                "RudderStack events: one a line (NDJSON), a JSON array, or bodies of the HTTP API; may be gzip. "
                + $"{StandardInput} or none reads standard input",
        };

    public static Option<bool> CreateJson(string description) => new("--json") { Description = description };
}
