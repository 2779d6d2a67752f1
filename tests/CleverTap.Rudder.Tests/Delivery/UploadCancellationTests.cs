using System.Threading.Channels;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Uploads that are cancelled inside a handler of the host, whose continuation runs on the cancelling thread.</summary>
public sealed class UploadCancellationTests
{
    private static readonly RudderEvent[] Events = [new TrackEvent { UserId = "user-1", Event = "Added" }];

    [Test]
    public async Task SendAsync_ends_when_its_token_fires_while_a_handler_of_the_host_waits_for_the_upload()
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        var handler = new WaitingHandler();
        await using ServiceProvider services = Destination(cleverTap, handler);
        var destination = services.GetRequiredService<ICleverTapDestination>();
        using var cancellation = new CancellationTokenSource();
        Task<DeliveryReport> first = destination.SendAsync(Events, cancellation.Token);
        Task<DeliveryReport> second = destination.SendAsync([new TrackEvent { UserId = "user-2", Event = "Added" }]);
        await handler.WhenWaiting(2);

        Assert.That(cancellation.Cancel, Throws.Nothing);

        Assert.That((await first)[0].UndeliveredReason, Is.EqualTo(UndeliveredReason.Cancelled));
        handler.LetThrough();
        Assert.That((await second)[0].Kind, Is.EqualTo(OutcomeKind.Delivered));
        Assert.That((await destination.SendAsync(Events))[0].Kind, Is.EqualTo(OutcomeKind.Delivered), "no slot is lost");
    }

    private static ServiceProvider Destination(CleverTapEmulator cleverTap, WaitingHandler handler)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services
            .AddCleverTapDestination(options =>
            {
                (options.AccountId, options.Passcode, options.Endpoint) = (cleverTap.AccountId, cleverTap.Passcode, cleverTap.Endpoint);
                options.MaxInFlight = 2;
            })
            .HttpClientBuilder.AddHttpMessageHandler(() => new Forwarding(handler));
        return services.BuildServiceProvider();
    }

    /// <summary>The state that all clients share.</summary>
    private sealed class WaitingHandler
    {
        private readonly TaskCompletionSource opened = new();
        private readonly Channel<bool> waiting = Channel.CreateUnbounded<bool>();

        public async Task WhenWaiting(int requests)
        {
            for (int request = 0; request < requests; request++)
            {
                await waiting.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            }
        }

        public void LetThrough() => opened.SetResult();

        public Task WaitAsync(CancellationToken cancellationToken)
        {
            waiting.Writer.TryWrite(true);
            return opened.Task.WaitAsync(cancellationToken);
        }
    }

    private sealed class Forwarding(WaitingHandler shared) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await shared.WaitAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
