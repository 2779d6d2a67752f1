using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Queues;

/// <summary>A queue that is stopped from two sides, as a host in a WebApplicationFactory is.</summary>
public sealed class QueueStopTests
{
    [TestCase(QueueSession.Memory)]
    [TestCase(QueueSession.Disk)]
    public async Task A_second_stop_and_a_disposal_wait_until_the_first_stop_has_delivered(string kind)
    {
        await using QueueSession session = await QueueSession.CreateAsync(kind);
        BlockingHandler uploads = new();
        IHost host = await session.StartAsync(httpHandler: uploads.Create);
        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(QueueSession.Event(1));
        await QueueSession.Until(() => uploads.BlockedUploads > 0, "the upload begins");

        Task first = ((IHostedService)queue).StopAsync(CancellationToken.None);
        Task second = ((IHostedService)queue).StopAsync(CancellationToken.None);
        Task disposal = ((IAsyncDisposable)queue).DisposeAsync().AsTask();
        bool didWait = !second.IsCompleted && !disposal.IsCompleted;
        uploads.Release();
        await Task.WhenAll(first, second, disposal);

        Assert.That(didWait);
        Assert.That(session.Notified.Single().Kind, Is.EqualTo(OutcomeKind.Delivered));
    }
}
