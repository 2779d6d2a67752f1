using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Handlers of outcomes and dead letters, as services and as functions.</summary>
public sealed class OutcomeHandlerTests : OutcomeHandlerFixture
{
    [TestCase("memory")]
    [TestCase("disk")]
    public async Task Handlers_of_outcomes_and_dead_letters_are_resolved_from_the_services(string queue)
    {
        using IHost host = Build(
            queue,
            destination =>
            {
                destination.Services.AddSingleton(Notified).AddScoped<Scoped>();
                destination.AddOutcomeHandler<Ledger>().AddDeadLetterHandler<Letters>();
                destination.AddOutcomeHandler(
                    (services, rudderEvent, _) =>
                        Record($"function {NameOf(rudderEvent)} {services.GetRequiredService<Scoped>().Notified.Count >= 0}")
                );
                destination.AddDeadLetterHandler(
                    (_, rudderEvent, outcome) => Record($"letter function {NameOf(rudderEvent)} {outcome.Kind}")
                );
                destination.AddDeadLetterHandler((rudderEvent, _) => Record($"letter {NameOf(rudderEvent)}"));
            }
        );
        await host.StartAsync();
        await EnqueueAsync(host, "Delivered", "App Launched");
        await host.StopAsync();

        Assert.That(
            Notified,
            Is.EquivalentTo(
                new[]
                {
                    "ledger Delivered Delivered",
                    "disposed",
                    "function Delivered True",
                    "disposed",
                    "ledger App Launched Rejected",
                    "disposed",
                    "function App Launched True",
                    "disposed",
                    "letters App Launched",
                    "letter function App Launched Rejected",
                    "letter App Launched",
                }
            )
        );
    }

    [Category("Slow")]
    [TestCase("memory")]
    [TestCase("disk")]
    public async Task Disposal_ends_when_a_handler_never_returns(string queue)
    {
        var called = new TaskCompletionSource();
        using (
            IHost host = Build(
                queue,
                destination =>
                    destination.AddOutcomeHandler(
                        async (_, _) =>
                        {
                            called.SetResult();
                            await Task.Delay(Timeout.Infinite);
                        }
                    )
            )
        )
        {
            await host.StartAsync();
            await EnqueueAsync(host, "Hangs");
            await called.Task;
        }

        Assert.That(CleverTap.Events.Select(stored => stored.Name), Is.EqualTo(new[] { "Hangs" }));
    }

    [TestCase("memory")]
    [TestCase("disk")]
    public async Task Handlers_of_other_events_are_called_while_one_call_hangs(string queue)
    {
        var release = new TaskCompletionSource();
        using IHost host = Build(
            queue,
            destination =>
                destination.AddOutcomeHandler(
                    async (rudderEvent, _) =>
                    {
                        if (NameOf(rudderEvent) == "Hangs")
                        {
                            await release.Task;
                        }

                        await Record(NameOf(rudderEvent));
                    }
                )
        );
        await host.StartAsync();
        await EnqueueAsync(host, "Hangs", "Next", "Last");

        await Polling.WaitUntilAsync(() => Notified.Count == 2, "the handlers of the others are called");
        Assert.That(Notified, Is.EquivalentTo(new[] { "Next", "Last" }));
        release.SetResult();
        Assert.That(await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync(), Is.True);
        Assert.That(Notified.Last(), Is.EqualTo("Hangs"));
        await host.StopAsync();
    }

    private sealed class Scoped(ConcurrentQueue<string> notified) : IDisposable
    {
        public ConcurrentQueue<string> Notified => notified;

        public void Dispose() => notified.Enqueue("disposed");
    }

    private sealed class Ledger(Scoped scoped) : IOutcomeHandler
    {
        public ValueTask HandleAsync(RudderEvent rudderEvent, EventOutcome outcome, CancellationToken cancellationToken)
        {
            scoped.Notified.Enqueue($"ledger {NameOf(rudderEvent)} {outcome.Kind}");
            return default;
        }
    }

    private sealed class Letters(ConcurrentQueue<string> notified) : IOutcomeHandler
    {
        public ValueTask HandleAsync(RudderEvent rudderEvent, EventOutcome outcome, CancellationToken cancellationToken)
        {
            notified.Enqueue($"letters {NameOf(rudderEvent)}");
            return default;
        }
    }
}
