namespace KafkaWorker;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>The worker was asked to stop and did, or the demo is through.</summary>
    public const int Done = 0;

    /// <summary>The worker could not go on, or the demo did not get through.</summary>
    public const int Unfinished = 1;

    public const int WrongUsage = 2;
}
