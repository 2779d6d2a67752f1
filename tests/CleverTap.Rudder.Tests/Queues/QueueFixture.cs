using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Queues;

/// <summary>Tests with a queue in memory, on disk or on Kafka, and with a CleverTap emulator.</summary>
public abstract class QueueFixture
{
    private protected QueueSession Session { get; private set; } = null!;

    [TearDown]
    public async Task EndSession() => await Session.DisposeAsync();

    private protected static ICleverTapQueue QueueOf(IHost host) => host.Services.GetRequiredService<ICleverTapQueue>();

    private protected async Task CreateAsync(string kind) => Session = await QueueSession.CreateAsync(kind);
}
