using CleverTap.Rudder.Testing;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Internal.Testing.Hosting;

/// <summary>The emulator is a guest in its process: unlike a host of its own, it leaves Ctrl+C and SIGTERM to others.</summary>
internal sealed class EmbeddedHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
