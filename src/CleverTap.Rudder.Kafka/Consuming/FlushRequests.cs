namespace CleverTap.Rudder;

/// <summary>Whether somebody waits for the worker to deliver without waiting for more. Thread-safe.</summary>
internal sealed class FlushRequests
{
    private readonly object gate = new();
    private TaskCompletionSource requested = New();
    private int waiting;

    /// <summary>Ends when somebody does.</summary>
    public Task Requested
    {
        get
        {
            lock (gate) return requested.Task;
        }
    }

    public void Begin()
    {
        lock (gate)
        {
            waiting++;
            requested.TrySetResult();
        }
    }

    public void End()
    {
        lock (gate)
        {
            if (--waiting == 0) requested = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
