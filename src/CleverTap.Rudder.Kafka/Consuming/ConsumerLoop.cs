using CleverTap.Rudder.Internal.Kafka.Registration;
using CleverTap.Rudder.Internal.Kafka.Telemetry;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.Consuming;

/// <summary>
/// Polls the topic on a thread of its own, because the client's Consume blocks. It polls on while every partition is paused,
/// so that a long outage of CleverTap does not make the group take this worker for dead.
/// </summary>
/// <param name="context">What the partitions share.</param>
/// <param name="outOfTime">Fires when the host's time to stop is up.</param>
internal sealed class ConsumerLoop(ConsumerContext context, CancellationToken outOfTime)
{
    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(50);

    private readonly KafkaConsumerOptions options = context.Options;
    private readonly AssignedPartitions partitions = new(context, outOfTime);
    private Error? fatal;

    /// <summary>How many events are left to the next context.</summary>
    public int RemainingCount => partitions.RemainingCount;

    /// <summary>Connects; brokers need not be there.</summary>
    /// <exception cref="InvalidOperationException">The client does not take its settings.</exception>
    public IConsumer<byte[]?, byte[]?> Open() =>
        new ConsumerBuilder<byte[]?, byte[]?>(ClientSettings.CreateConsumerConfig(options))
            .SetPartitionsAssignedHandler((_, assigned) => partitions.Assign(assigned))
            .SetPartitionsRevokedHandler(
                (consumer, revoked) => partitions.HandOver(consumer, [.. revoked.Select(one => one.TopicPartition)])
            )
            .SetPartitionsLostHandler((_, lost) => partitions.DropLost([.. lost.Select(one => one.TopicPartition)]))
            .SetErrorHandler((_, error) => Failed(error))
            .SetLogHandler((_, message) => context.Logger.Client(options.Topic, message.Facility, message.Message))
            .Build();

    /// <summary>Consumes until it is stopped. A consumer that fails is replaced.</summary>
    /// <param name="first">The consumer to begin with.</param>
    /// <param name="stopping">Hands all partitions over, leaves the group and ends.</param>
    public async Task RunAsync(IConsumer<byte[]?, byte[]?> first, CancellationToken stopping)
    {
        IConsumer<byte[]?, byte[]?>? consumer = first;
        while (true)
        {
            if (consumer is not null)
            {
                await Task
                    .Factory.StartNew(
                        () => Consume(consumer, stopping),
                        CancellationToken.None,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                    .ConfigureAwait(false);
            }

            if (stopping.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(options.RetryInterval, context.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            consumer = Reopen();
        }
    }

    private IConsumer<byte[]?, byte[]?>? Reopen()
    {
        try
        {
            fatal = null;
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
            long tended = context.Time.GetTimestamp();
            while (!stopping.IsCancellationRequested)
            {
                ConsumeResult<byte[]?, byte[]?>? message = Poll(consumer);
                if (message is not null)
                {
                    partitions.Add(consumer, message);
                }

                if (message is null || context.Time.GetElapsedTime(tended) >= PollTime)
                {
                    partitions.StoreOffsetsAndResume(consumer);
                    tended = context.Time.GetTimestamp();
                }
            }
        }
        catch (Exception exception)
        {
            context.Logger.ConsumerFailed(options.Topic, CodeOf(exception), options.RetryInterval);
        }
        finally
        {
            Close(consumer);
        }
    }

    private ConsumeResult<byte[]?, byte[]?>? Poll(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (fatal is not null)
        {
            throw new KafkaException(fatal);
        }

        try
        {
            return consumer.Consume(PollTime);
        }
        catch (ConsumeException exception) when (!exception.Error.IsFatal)
        {
            context.Errors.Report(exception.Error.Code);
            return null;
        }
    }

    /// <summary>Hands over what is left, commits and leaves the group.</summary>
    private void Close(IConsumer<byte[]?, byte[]?> consumer)
    {
        try
        {
            consumer.Close();
        }
        catch (Exception exception)
        {
            context.Logger.ConsumerFailed(options.Topic, CodeOf(exception), options.RetryInterval);
        }

        partitions.DropAll();
        consumer.Dispose();
    }

    private void Failed(Error error)
    {
        context.Errors.Report(error.Code);
        if (error.IsFatal)
        {
            fatal = error;
        }
    }

    private static string CodeOf(Exception exception) =>
        exception is KafkaException kafka ? kafka.Error.Code.ToString() : exception.GetType().Name;
}
