using CleverTap.Rudder.Internal.Kafka.Registration;
using CleverTap.Rudder.Internal.Kafka.Telemetry;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Kafka.Producing;

/// <summary>The worker's producer: what it reports written, all in-sync replicas have. Thread-safe.</summary>
internal sealed class TopicProducer(KafkaConsumerOptions options, ClientErrors errors, ILogger logger) : IDisposable
{
    private readonly object gate = new();
    private readonly CancellationTokenSource disposed = new();
    private IProducer<byte[]?, byte[]?>? producer;
    private bool isDisposed;

    /// <summary>Connects; brokers need not be there.</summary>
    /// <exception cref="InvalidOperationException">The client does not take its settings.</exception>
    public void Open() => Current();

    /// <summary>Writes a message to a partition, or to the one of its key. Never throws.</summary>
    /// <returns>What went wrong, and where the message is if nothing did.</returns>
    public async Task<(ErrorCode Code, TopicPartitionOffset? Written)> WriteAsync(TopicPartition topic, Message<byte[]?, byte[]?> message)
    {
        IProducer<byte[]?, byte[]?>? current = null;
        try
        {
            current = Current();
            // A producer that is gone does not say what became of its messages.
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
                Replace(current);
            }

            return (exception.Error.Code, null);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException)
        {
            return (ErrorCode.Local_Destroy, null);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The client does not take its settings; its words may hold a value of them.
            return (ErrorCode.Local_InvalidArg, null);
        }
    }

    /// <summary>Whether a broker responds. Blocks until one does or the time is up.</summary>
    public bool CanReachBroker(TimeSpan time)
    {
        try
        {
            using IAdminClient admin = new DependentAdminClientBuilder(Current().Handle).Build();
            admin.GetMetadata(options.Topic, time);
            return true;
        }
        catch (Exception exception) when (exception is ObjectDisposedException or KafkaException)
        {
            return false;
        }
    }

    /// <summary>Deletes the records of partitions before these places. Never throws.</summary>
    public async Task<ErrorCode> DeleteRecordsAsync(IEnumerable<TopicPartitionOffset> places)
    {
        try
        {
            using IAdminClient admin = new DependentAdminClientBuilder(Current().Handle).Build();
            await admin.DeleteRecordsAsync(places).ConfigureAwait(false);
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

    /// <summary>Waits for what is being written. Blocks.</summary>
    public void Flush(CancellationToken outOfTime)
    {
        IProducer<byte[]?, byte[]?>? current;
        lock (gate)
        {
            current = producer;
        }

        try
        {
            current?.Flush(outOfTime);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or KafkaException)
        {
            // Whoever waits for such a message hears it from the producer's end.
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

    private IProducer<byte[]?, byte[]?> Current()
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

    /// <summary>An idempotent producer that has lost count writes nothing any more.</summary>
    private void Replace(IProducer<byte[]?, byte[]?>? broken)
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
