using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Kafka.Client;

/// <summary>Logs the errors that the Kafka client reports. Thread-safe.</summary>
/// <remarks>Each code is logged once a minute, because the client reports many errors a second while brokers are down.</remarks>
internal sealed class ClientErrors(string topic, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly object gate = new();
    private readonly Dictionary<ErrorCode, long> logged = [];

    /// <summary>Whether all brokers were down at any time. The client does not report when they are back.</summary>
    public bool WereAllBrokersDown { get; private set; }

    public void Report(ErrorCode code)
    {
        lock (gate)
        {
            WereAllBrokersDown |= code == ErrorCode.Local_AllBrokersDown;
            if (logged.TryGetValue(code, out long last) && time.GetElapsedTime(last) < Interval)
            {
                return;
            }

            logged[code] = time.GetTimestamp();
        }

        logger.ClientError(topic, code);
    }
}
