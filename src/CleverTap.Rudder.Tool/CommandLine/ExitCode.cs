namespace CleverTap.Rudder.Tool.CommandLine;

/// <summary>The exit codes of every command.</summary>
internal static class ExitCode
{
    /// <summary>Every line has an outcome, or everything agrees.</summary>
    public const int Done = 0;

    /// <summary>Something is undelivered or differs, or the run was stopped or broke off.</summary>
    public const int Unfinished = 1;

    public const int WrongUsage = 2;

    /// <summary>The process ended before what was under way. It is the exit code of a shell for SIGINT.</summary>
    public const int Interrupted = 130;
}
