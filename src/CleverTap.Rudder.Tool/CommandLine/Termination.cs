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

    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly Timer deadline = new(_ => EndProcess());
    private int interrupts;

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

        // A handler may still run, and cancels the token source: it holds nothing that must be disposed.
        deadline.Dispose();
    }

    private static void EndProcess() => Environment.Exit(ExitCode.Interrupted);

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        if (context.Signal == PosixSignal.SIGINT && Interlocked.Increment(ref interrupts) > 1)
        {
            EndProcess();
        }

        deadline.Change(Timeout, System.Threading.Timeout.InfiniteTimeSpan);
        stop.Cancel();
    }
}
