namespace CleverTap.Rudder.Tests.Queues;

/// <summary>Blocks uploads until the test releases them.</summary>
internal sealed class BlockingHandler
{
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int count;

    /// <summary>The number of uploads that were sent.</summary>
    public int BlockedUploads => count;

    public void Release() => released.TrySetResult();

    public DelegatingHandler Create() => new Gate(this);

    private sealed class Gate(BlockingHandler owner) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref owner.count);
            await owner.released.Task.WaitAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
