using CleverTap.Rudder.Internal.Kafka.Client;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>Polls the topic on its own thread, because the client's Consume blocks.</summary>
/// <remarks>
/// It continues to poll while every partition is paused, so that the group does not remove this worker during a long outage of CleverTap.
/// </remarks>
/// <param name="context">The dependencies that the partitions share.</param>
/// <param name="stopDeadline">Fires when the time for the stop is over.</param>
internal sealed class ConsumerLoop(ConsumerContext context, CancellationToken stopDeadline)
{
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(50);

    private readonly KafkaConsumerOptions options = context.Options;
    private readonly AssignedPartitions partitions = new(context, stopDeadline);
    private Error? fatalError;

    /// <summary>The number of events that are left to the next worker.</summary>
    public int RemainingCount => partitions.RemainingCount;

    /// <summary>Creates a consumer; the brokers need not be reachable.</summary>
    /// <exception cref="InvalidOperationException">The client rejects its settings.</exception>
    public IConsumer<byte[]?, byte[]?> Open() =>
        new ConsumerBuilder<byte[]?, byte[]?>(ClientSettings.CreateConsumerConfig(options))
            .SetPartitionsAssignedHandler((_, assigned) => partitions.Assign(assigned))
            .SetPartitionsRevokedHandler(
                (consumer, revoked) => partitions.HandOver(consumer, [.. revoked.Select(offset => offset.TopicPartition)])
            )
            .SetPartitionsLostHandler((_, lost) => partitions.DropLost([.. lost.Select(offset => offset.TopicPartition)]))
            .SetErrorHandler((_, error) => OnError(error))
            .SetLogHandler((_, message) => context.Logger.Client(options.Topic, message.Facility, message.Message))
            .Build();

    /// <summary>Consumes until the token fires. A consumer that fails is replaced after the retry interval.</summary>
    /// <param name="first">The first consumer.</param>
    /// <param name="stopping">Ends the loop: it hands all partitions over and leaves the group.</param>
    public async Task RunAsync(IConsumer<byte[]?, byte[]?> first, CancellationToken stopping)
    {
        IConsumer<byte[]?, byte[]?>? consumer = first;
        while (true)
        {
            if (consumer is not null)
            {
                await RunOnOwnThread(() => Consume(consumer, stopping)).ConfigureAwait(false);
            }

            if (stopping.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(options.RetryInterval, context.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            consumer = Reopen();
        }
    }

    private static Task RunOnOwnThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private IConsumer<byte[]?, byte[]?>? Reopen()
    {
        try
        {
            fatalError = null;
            return Open();
        }
        catch (Exception exception)
        {
            context.Logger.ConsumerFailed(options.Topic, exception.GetType().Name, options.RetryInterval);
            return null;
        }
    }

    private void Consume(IConsumer<byte[]?, byte[]?> consumer, CancellationToken stopping)
    {
        try
        {
            consumer.Subscribe(options.Topic);
            PollUntil(consumer, stopping);
        }
        catch (Exception exception)
        {
            context.Logger.ConsumerFailed(options.Topic, GetCode(exception), options.RetryInterval);
        }
        finally
        {
            Close(consumer);
        }
    }

    private void PollUntil(IConsumer<byte[]?, byte[]?> consumer, CancellationToken stopping)
    {
        long lastUpdate = context.Time.GetTimestamp();
        while (!stopping.IsCancellationRequested)
        {
            ConsumeResult<byte[]?, byte[]?>? message = Poll(consumer);
            if (message is not null)
            {
                partitions.Add(consumer, message);
            }

            if (message is null || context.Time.GetElapsedTime(lastUpdate) >= PollTimeout)
            {
                partitions.StoreOffsetsAndResume(consumer);
                lastUpdate = context.Time.GetTimestamp();
            }
        }
    }

    private ConsumeResult<byte[]?, byte[]?>? Poll(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (fatalError is not null)
        {
            throw new KafkaException(fatalError);
        }

        try
        {
            return consumer.Consume(PollTimeout);
        }
        catch (ConsumeException exception) when (!exception.Error.IsFatal)
        {
            context.Errors.Report(exception.Error.Code);
            return null;
        }
    }

    /// <summary>Hands all partitions over, commits and leaves the group.</summary>
    private void Close(IConsumer<byte[]?, byte[]?> consumer)
    {
        try
        {
            consumer.Close();
        }
        catch (Exception exception)
        {
            context.Logger.ConsumerFailed(options.Topic, GetCode(exception), options.RetryInterval);
        }

        partitions.DropAll();
        consumer.Dispose();
    }

    private void OnError(Error error)
    {
        context.Errors.Report(error.Code);
        if (error.IsFatal)
        {
            fatalError = error;
        }
    }

    private static string GetCode(Exception exception) =>
        exception is KafkaException kafka ? kafka.Error.Code.ToString() : exception.GetType().Name;
}
