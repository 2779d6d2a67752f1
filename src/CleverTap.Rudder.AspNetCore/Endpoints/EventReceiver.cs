using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.AspNetCore.Endpoints;

/// <summary>Reads the events of a request and passes them to the queue of a destination. Thread-safe.</summary>
internal sealed class EventReceiver
{
    private readonly RudderEndpointOptions options;
    private readonly Lazy<ICleverTapQueue> queue;
    private readonly CancellationToken stopping;
    private readonly ILogger logger;
    private readonly TimeProvider time;

    /// <summary>Creates a receiver for one endpoint.</summary>
    /// <exception cref="InvalidOperationException">The destination has no queue.</exception>
    public EventReceiver(IServiceProvider services, RudderEndpointOptions options)
    {
        this.options = options;
        queue = ResolveQueue(services, options.Destination);
        stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        logger = services.GetRequiredService<ILogger<EventReceiver>>();
        time = services.GetService<TimeProvider>() ?? TimeProvider.System;
    }

    /// <summary>Receives a request. It completes after the queue has taken the events (an outbox: after they are on disk).</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The type of an event that has no type; null if events must have one.</param>
    public async Task<ReceiveResult> ReceiveAsync(HttpContext context, string? type = null)
    {
        if (stopping.IsCancellationRequested)
        {
            return CreateNotTaken(ReceiveStatus.Stopping, new ReceiveResult(ReceiveStatus.Done));
        }

        try
        {
            ReadOnlyMemory<byte> body = await RequestBody.ReadAsync(context, options.MaxBodyBytes).ConfigureAwait(false);
            return await EnqueueAsync(ReadElements(body, type), context.RequestAborted).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            logger.BodyRejected(exception.StatusCode, exception.Message);
            return new ReceiveResult(ReceiveStatus.Unreadable) { UnreadableStatus = exception.StatusCode, Error = exception.Message };
        }
    }

    /// <summary>Reads the elements of a body. Their number is limited because each takes far more memory than its few bytes.</summary>
    private IReadOnlyList<BatchElement> ReadElements(ReadOnlyMemory<byte> body, string? type)
    {
        IReadOnlyList<BatchElement> elements = BatchReader.Read(body, type, options.MaxElements + 1);
        return elements.Count <= options.MaxElements
            ? elements
            : throw new BadHttpRequestException(
                $"The body has more than {options.MaxElements} elements; send fewer at once",
                StatusCodes.Status413PayloadTooLarge
            );
    }

    private static Lazy<ICleverTapQueue> ResolveQueue(IServiceProvider services, string name)
    {
        // The queue itself is created later, with the other services of the host, so that the start reports errors of its options.
        var registered = services.GetRequiredService<IServiceProviderIsKeyedService>();
        bool isRegistered =
            name.Length == 0 ? registered.IsService(typeof(ICleverTapQueue)) : registered.IsKeyedService(typeof(ICleverTapQueue), name);
        if (!isRegistered)
        {
            throw new InvalidOperationException(NoQueue(services, name));
        }

        return new Lazy<ICleverTapQueue>(() =>
            name.Length == 0 ? services.GetRequiredService<ICleverTapQueue>() : services.GetRequiredKeyedService<ICleverTapQueue>(name)
        );
    }

    /// <summary>
    /// A name that no destination has is probably misspelt: the message then lists the names instead of asking for a queue.
    /// </summary>
    private static string NoQueue(IServiceProvider services, string name)
    {
        string[] names = [.. services.GetServices<DestinationRegistration>().Select(registration => registration.Name)];
        return names.Length == 0 || names.Contains(name)
            ? $"There is no queue for the events: destination '{name}' needs AddBackgroundDelivery, AddSqliteOutbox or another queue."
            : $"There is no queue for the events: {DestinationNames.Missing(name, names)}; set Destination to one of these names.";
    }

    private async Task<ReceiveResult> EnqueueAsync(IReadOnlyList<BatchElement> elements, CancellationToken aborted)
    {
        DateTimeOffset now = time.GetUtcNow();
        RudderEvent[] events =
        [
            .. elements.Select(element => element.Event).OfType<RudderEvent>().Select(rudderEvent => WithReceivedAt(rudderEvent, now)),
        ];
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
        return result.Taken == events.Length ? result : CreateNotTaken(FindReason(attempts), result);
    }

    /// <summary>Enqueues events in their order and waits until each is taken or rejected, or the time is up.</summary>
    /// <remarks>
    /// Each event is enqueued by its own call, because the call for several events does not return how many were taken if its token is
    /// cancelled, and the response of a full queue contains that number. All calls are made before the first is awaited, so an outbox
    /// still writes the events together. Cancellation is possible only after that: a batch that is cut off is sent again as a whole.
    /// </remarks>
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

    /// <summary>Sets the time of receipt. Compared with the time of sending, it shows the error of the device clock.</summary>
    private static RudderEvent WithReceivedAt(RudderEvent rudderEvent, DateTimeOffset now) =>
        rudderEvent.ReceivedAt is null ? rudderEvent with { ReceivedAt = now } : rudderEvent;

    private ReceiveStatus FindReason(Attempt[] attempts)
    {
        if (attempts.FirstOrDefault(attempt => attempt.Failure is not null).Failure is { } failure)
        {
            logger.QueueFailed(failure);
            return ReceiveStatus.QueueFailed;
        }

        return stopping.IsCancellationRequested ? ReceiveStatus.Stopping : ReceiveStatus.QueueFull;
    }

    private ReceiveResult CreateNotTaken(ReceiveStatus status, ReceiveResult result)
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
