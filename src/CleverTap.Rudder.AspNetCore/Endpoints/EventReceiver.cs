using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.AspNetCore.Endpoints;

/// <summary>Reads the events of a request and hands them to a destination's queue. Thread-safe.</summary>
internal sealed class EventReceiver
{
    private readonly RudderEndpointOptions options;
    private readonly Lazy<ICleverTapQueue> queue;
    private readonly CancellationToken stopping;
    private readonly ILogger logger;
    private readonly TimeProvider time;

    /// <exception cref="InvalidOperationException">The destination has no queue.</exception>
    public EventReceiver(IServiceProvider services, RudderEndpointOptions options)
    {
        this.options = options;
        queue = QueueOf(services, options.Destination);
        stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        logger = services.GetRequiredService<ILogger<EventReceiver>>();
        time = services.GetService<TimeProvider>() ?? TimeProvider.System;
    }

    /// <summary>Ends once the queue has taken the events: with an outbox, once they are on disk.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The type of an event that says none; null if events must say it.</param>
    public async Task<ReceiveResult> ReceiveAsync(HttpContext context, string? type = null)
    {
        if (stopping.IsCancellationRequested)
        {
            return NotTaken(ReceiveStatus.Stopping, new ReceiveResult(ReceiveStatus.Done));
        }

        try
        {
            ReadOnlyMemory<byte> body = await RequestBody.ReadAsync(context, options.MaxBodyBytes).ConfigureAwait(false);
            return await ReceiveAsync(BatchReader.Read(body, type), context.RequestAborted).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            logger.BodyRejected(exception.StatusCode, exception.Message);
            return new ReceiveResult(ReceiveStatus.Unreadable) { UnreadableStatus = exception.StatusCode, Error = exception.Message };
        }
    }

    private static Lazy<ICleverTapQueue> QueueOf(IServiceProvider services, string name)
    {
        // The queue itself is created with the host's other services, so that what is wrong with its options is told by the host's start.
        var registered = services.GetRequiredService<IServiceProviderIsKeyedService>();
        bool isRegistered =
            name.Length == 0 ? registered.IsService(typeof(ICleverTapQueue)) : registered.IsKeyedService(typeof(ICleverTapQueue), name);
        if (!isRegistered)
        {
            throw new InvalidOperationException(
                $"There is no queue for the events: destination '{name}' needs AddBackgroundDelivery, AddSqliteOutbox or another queue."
            );
        }

        return new Lazy<ICleverTapQueue>(() =>
            name.Length == 0 ? services.GetRequiredService<ICleverTapQueue>() : services.GetRequiredKeyedService<ICleverTapQueue>(name)
        );
    }

    private async Task<ReceiveResult> ReceiveAsync(IReadOnlyList<BatchElement> elements, CancellationToken aborted)
    {
        DateTimeOffset now = time.GetUtcNow();
        RudderEvent[] events = [.. elements.Select(element => element.Event).OfType<RudderEvent>().Select(read => Stamped(read, now))];
        Attempt[] attempts = await EnqueueAsync(events, aborted).ConfigureAwait(false);

        BatchElement[] invalid = [.. elements.Where(element => element.Error is { IsUnsupportedCall: false })];
        if (invalid is [{ Error: { } error } first, ..])
        {
            logger.EventsInvalid(invalid.Length, elements.Count, first.Index, error.Code, error.Field, error.Expected);
        }

        var result = new ReceiveResult(ReceiveStatus.Done)
        {
            Taken = attempts.Count(attempt => attempt.IsTaken),
            Ignored = elements.Count - events.Length - invalid.Length,
            Invalid = invalid,
        };
        return result.Taken == events.Length ? result : NotTaken(ReasonOf(attempts), result);
    }

    /// <summary>
    /// All are handed over before the first is awaited: an outbox writes them together, in this order. Only then may the wait for room
    /// end early, because a batch that is cut off in the middle is sent again as a whole.
    /// </summary>
    private async Task<Attempt[]> EnqueueAsync(RudderEvent[] events, CancellationToken aborted)
    {
        using var giveUp = new CancellationTokenSource();
        Task<Attempt>[] attempts = Array.ConvertAll(events, rudderEvent => EnqueueAsync(rudderEvent, giveUp.Token));
        ITimer timer = time.CreateTimer(_ => giveUp.Cancel(), null, options.QueueTimeout, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
        using (aborted.Register(giveUp.Cancel))
        using (stopping.Register(giveUp.Cancel))
        {
            return await Task.WhenAll(attempts).ConfigureAwait(false);
        }
    }

    private async Task<Attempt> EnqueueAsync(RudderEvent rudderEvent, CancellationToken giveUp)
    {
        try
        {
            return new Attempt(await queue.Value.EnqueueAsync(rudderEvent, giveUp).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            return new Attempt(false, null);
        }
        catch (Exception exception)
        {
            return new Attempt(false, exception);
        }
    }

    /// <summary>The time of receipt; with the time of sending it shows how wrong the device's clock is.</summary>
    private static RudderEvent Stamped(RudderEvent read, DateTimeOffset now) =>
        read.ReceivedAt is null ? read with { ReceivedAt = now } : read;

    private ReceiveStatus ReasonOf(Attempt[] attempts)
    {
        if (attempts.FirstOrDefault(attempt => attempt.Failure is not null).Failure is { } failure)
        {
            logger.QueueFailed(failure);
            return ReceiveStatus.QueueFailed;
        }

        return stopping.IsCancellationRequested ? ReceiveStatus.Stopping : ReceiveStatus.QueueFull;
    }

    private ReceiveResult NotTaken(ReceiveStatus status, ReceiveResult result)
    {
        logger.BatchNotTaken(result.Taken, status);
        string error = status switch
        {
            ReceiveStatus.Stopping => "The host is stopping",
            ReceiveStatus.QueueFull => "The queue is full",
            _ => "The queue cannot take events now",
        };
        return result with { Status = status, Error = $"{error}; send the events again later" };
    }

    private readonly record struct Attempt(bool IsTaken, Exception? Failure);
}
