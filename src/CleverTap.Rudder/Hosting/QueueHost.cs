using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Starts and stops a queue with the host.</summary>
/// <remarks>
/// The queue is created when it starts, and not with this service: a host creates its services before it validates options, so that the
/// first invalid options would hide the errors of the others.
/// </remarks>
internal sealed class QueueHost(Func<IHostedService> create) : IHostedService
{
    private readonly Lazy<IHostedService> queue = new(create);

    public Task StartAsync(CancellationToken cancellationToken) => queue.Value.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) =>
        queue.IsValueCreated ? queue.Value.StopAsync(cancellationToken) : Task.CompletedTask;
}
