namespace KafkaWorker;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    /// <summary>The worker stopped as requested, or the demo is complete.</summary>
    public const int Done = 0;

    /// <summary>The demo did not complete in time.</summary>
    public const int Unfinished = 1;

    public const int WrongUsage = 2;
}
