namespace CleverTap.Rudder.Tests.Queues;

/// <summary>Holds uploads until the test lets them go.</summary>
internal sealed class BlockingHandler
{
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int held;

    /// <summary>How many uploads have come.</summary>
    public int BlockedUploads => held;

    public void Release() => released.TrySetResult();

    public DelegatingHandler Create() => new Gate(this);

    private sealed class Gate(BlockingHandler owner) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref owner.held);
            await owner.released.Task.WaitAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
