using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Tests.AspNetCore;

/// <summary>The ids of log messages, which alerts of hosts depend on.</summary>
public sealed class EndpointLogTests
{
    [TestCase("{", "shared", 50, "EventsInvalid")]
    [TestCase("too large", "shared", 51, "BodyRejected")]
    [TestCase("{}", "wrong", 52, "Unauthorized")]
    [TestCase("events", "shared", 53, "BatchNotTaken")]
    public async Task Log_message_has_a_fixed_id(string content, string secret, int id, string name)
    {
        using var logs = new EventIdRecorder();
        await using EndpointHost host = await EndpointHost.StartAsync(
            app =>
                app.MapRudderEvents(
                    "/rudder",
                    options => (options.Secret, options.MaxBodyBytes, options.QueueTimeout) = ("shared", 1024, TimeSpan.Zero)
                ),
            options => options.Endpoint = EndpointHost.Unreachable,
            to => to.AddBackgroundDelivery(queue => (queue.Capacity, queue.ShutdownDeadline) = (1, TimeSpan.Zero)),
            logs: logs
        );
        string body = content switch
        {
            "too large" => new string(' ', 1025),
            "events" => $"[{EndpointHost.Track("u1")},{EndpointHost.Track("u2")}]",
            _ => content,
        };

        await host.PostAsync("/rudder", body, ("X-Webhook-Secret", secret));

        Assert.That(logs.Ids.Select(logged => (logged.Id, logged.Name)), Is.EqualTo(new[] { (id, name) }));
    }

    private sealed class EventIdRecorder : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<EventId> Ids { get; } = [];

        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("CleverTap.Rudder.Internal.AspNetCore", StringComparison.Ordinal)
                ? this
                : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Ids.Enqueue(eventId);
    }
}
