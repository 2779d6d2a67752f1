using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>
/// Starts and stops a queue with the host. The queue is created when it starts: a host creates its services before it validates options,
/// and the first wrong ones would hide the others.
/// </summary>
internal sealed class QueueHost(Func<IHostedService> create) : IHostedService
{
    private readonly Lazy<IHostedService> queue = new(create);

    public Task StartAsync(CancellationToken cancellationToken) => queue.Value.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) =>
        queue.IsValueCreated ? queue.Value.StopAsync(cancellationToken) : Task.CompletedTask;
}
