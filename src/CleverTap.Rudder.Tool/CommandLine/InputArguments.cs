using System.CommandLine;
using System.CommandLine.Parsing;

namespace CleverTap.Rudder.Tool.CommandLine;

/// <summary>The argument and the option that most commands have: the input, and whether the output is JSON.</summary>
internal static class InputArguments
{
    /// <summary>The name that means standard input.</summary>
    public const string StandardInput = "-";

    public static Argument<string?> CreateFile()
    {
        Argument<string?> file = new("FILE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description =
                "RudderStack events: one a line (NDJSON), a JSON array, or bodies of the HTTP API; may be gzip. "
                + $"{StandardInput} or none reads standard input",
        };
        file.Validators.Add(RejectOption);
        return file;
    }

    public static Option<bool> CreateJson(string description) => new("--json") { Description = description };

    /// <summary>A name that begins like an option is a mistake, not a file.</summary>
    private static void RejectOption(ArgumentResult result)
    {
        string name = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (name.Length > 1 && name[0] == '-')
        {
            result.AddError($"Unrecognized option '{name}'");
        }
    }
}
