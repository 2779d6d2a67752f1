using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>Runs the suites of this folder with BenchmarkDotNet and returns 1 if a suite failed.</summary>
internal static class SuitesCommand
{
    public static int Run(string[] arguments)
    {
        IConfig config = ManualConfig.Create(DefaultConfig.Instance).WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
        Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(SuitesCommand).Assembly).Run(arguments, config)];
        return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
    }
}
