using CleverTap.Rudder.Internal.Queues;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Kafka.Client;

/// <summary>Ignores exceptions of the host's logger, so that they end neither a loop nor a callback of the client.</summary>
internal sealed class NonThrowingLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => QueueLog.TryLog(() => inner.Log(logLevel, eventId, state, exception, formatter));
}
