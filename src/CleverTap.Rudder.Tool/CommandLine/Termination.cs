using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CleverTap.Rudder.Tool.CommandLine;

/// <summary>
/// Stops a command at Ctrl-C or SIGTERM: the command may finish what is under way. The process ends at once at a second Ctrl-C, or if the
/// command takes too long.
/// </summary>
/// <remarks>The handler of System.CommandLine waits for the command at each signal, so that a second Ctrl-C would have no effect.</remarks>
internal sealed class Termination : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The time in which a second signal counts as the first: <c>timeout -s INT</c>, for example, sends it twice.</summary>
    private static readonly TimeSpan RepeatTime = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration[] registrations;
    private long firstSignal;

    public Termination() =>
        registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        ];

    /// <summary>Gets the token that is cancelled at the first signal.</summary>
    public CancellationToken Token => stop.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        // A handler may still run, and cancels the token source, which holds nothing that must be disposed.
    }

    private static void EndProcess() => Environment.Exit(ExitCode.Interrupted);

    private static async Task EndAfterTimeoutAsync()
    {
        await Task.Delay(Timeout, TimeProvider.System).ConfigureAwait(false);
        EndProcess();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        long now = Stopwatch.GetTimestamp();
        long first = Interlocked.CompareExchange(ref firstSignal, now, 0);
        if (first == 0)
        {
            _ = EndAfterTimeoutAsync();
            stop.Cancel();
        }
        else if (context.Signal == PosixSignal.SIGINT && Stopwatch.GetElapsedTime(first, now) > RepeatTime)
        {
            EndProcess();
        }
    }
}
