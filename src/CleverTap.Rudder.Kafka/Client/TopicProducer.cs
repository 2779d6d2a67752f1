using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Kafka.Client;

/// <summary>The worker's producer. A written message is stored by all in-sync replicas. Thread-safe.</summary>
internal sealed class TopicProducer(KafkaConsumerOptions options, ClientErrors errors, ILogger logger) : IDisposable
{
    private readonly object gate = new();
    private readonly CancellationTokenSource disposed = new();
    private IProducer<byte[]?, byte[]?>? producer;
    private bool isDisposed;

    /// <summary>Creates the client; the brokers need not be reachable.</summary>
    /// <exception cref="InvalidOperationException">The client rejects its settings.</exception>
    public void Open() => GetOrCreate();

    /// <summary>Writes a message to a partition; <see cref="Partition.Any"/> selects it by the key. Never throws.</summary>
    /// <returns>The error code, and the position of the message if it was written.</returns>
    public async Task<(ErrorCode Code, TopicPartitionOffset? Written)> WriteAsync(TopicPartition topic, Message<byte[]?, byte[]?> message)
    {
        IProducer<byte[]?, byte[]?>? current = null;
        try
        {
            current = GetOrCreate();

            // A disposed producer does not complete its messages: the token ends the wait for them.
            DeliveryResult<byte[]?, byte[]?> result = await current
                .ProduceAsync(topic, message, CancellationToken.None)
                .WaitAsync(disposed.Token)
                .ConfigureAwait(false);
            return (ErrorCode.NoError, result.TopicPartitionOffset);
        }
        catch (KafkaException exception)
        {
            if (exception.Error.IsFatal || exception.Error.Code == ErrorCode.Local_Fatal)
            {
                Discard(current);
            }

            return (exception.Error.Code, null);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException)
        {
            return (ErrorCode.Local_Destroy, null);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The client rejects its settings. Its message may contain a value of them and is not used.
            return (ErrorCode.Local_InvalidArg, null);
        }
    }

    /// <summary>Whether a broker responds within the timeout. Blocks.</summary>
    public bool CanReachBroker(TimeSpan timeout)
    {
        try
        {
            using IAdminClient admin = new DependentAdminClientBuilder(GetOrCreate().Handle).Build();
            admin.GetMetadata(options.Topic, timeout);
            return true;
        }
        catch (Exception exception) when (exception is ObjectDisposedException or KafkaException)
        {
            return false;
        }
    }

    /// <summary>Deletes the records of partitions before these offsets. Never throws.</summary>
    public async Task<ErrorCode> DeleteRecordsAsync(IEnumerable<TopicPartitionOffset> offsets)
    {
        try
        {
            using IAdminClient admin = new DependentAdminClientBuilder(GetOrCreate().Handle).Build();
            await admin.DeleteRecordsAsync(offsets).ConfigureAwait(false);
            return ErrorCode.NoError;
        }
        catch (KafkaException exception)
        {
            return exception.Error.Code;
        }
        catch (ObjectDisposedException)
        {
            return ErrorCode.Local_Destroy;
        }
    }

    /// <summary>Waits until all pending messages are written. Blocks.</summary>
    public void Flush(CancellationToken deadline)
    {
        IProducer<byte[]?, byte[]?>? current;
        lock (gate)
        {
            current = producer;
        }

        try
        {
            current?.Flush(deadline);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or KafkaException)
        {
            // The caller of such a write gets its error when the producer is disposed.
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
        }

        disposed.Cancel();
        producer?.Dispose();
    }

    private IProducer<byte[]?, byte[]?> GetOrCreate()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return producer ??= new ProducerBuilder<byte[]?, byte[]?>(ClientSettings.CreateProducerConfig(options))
                .SetErrorHandler((_, error) => errors.Report(error.Code))
                .SetLogHandler((_, message) => logger.Client(options.Topic, message.Facility, message.Message))
                .Build();
        }
    }

    /// <summary>Disposes a producer after a fatal error, so that the next write creates a new one.</summary>
    private void Discard(IProducer<byte[]?, byte[]?>? broken)
    {
        lock (gate)
        {
            if (isDisposed || producer != broken)
            {
                return;
            }

            producer = null;
        }

        broken?.Dispose();
    }
}
