using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Internal.Testing.Hosting;

/// <summary>A lifetime that does not handle Ctrl+C and SIGTERM, because the process belongs to the test.</summary>
internal sealed class EmbeddedHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
