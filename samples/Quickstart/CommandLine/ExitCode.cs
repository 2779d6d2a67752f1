namespace Quickstart;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Every line got an outcome, whatever it is.</summary>
    public const int Done = 0;

    /// <summary>Something is left that did not get through, or was not read to the end.</summary>
    public const int Unfinished = 1;

    public const int WrongUsage = 2;
}
