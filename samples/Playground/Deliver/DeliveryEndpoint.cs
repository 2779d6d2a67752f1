using CleverTap.Rudder;
using CleverTap.Rudder.Testing;
using Playground.Events;

namespace Playground.Deliver;

/// <summary>Delivers events to the emulator and tells what became of each.</summary>
internal static class DeliveryEndpoint
{
    public static void MapDelivery(this WebApplication app)
    {
        app.MapPost(
            "/api/send",
            async (HttpRequest request, ICleverTapDestination destination, CleverTapEmulator emulator) =>
                await SendAsync(await EventInput.ReadAsync(request), destination, emulator, request.HttpContext.RequestAborted)
        );
        app.MapPost(
            "/api/send/made-up",
            (int count, bool rejected, ICleverTapDestination destination, CleverTapEmulator emulator, CancellationToken cancellationToken) =>
                SendAsync(
                    [.. GeneratedEvents.Create(Math.Clamp(count, 1, GeneratedEvents.MaxCount), rejected)],
                    destination,
                    emulator,
                    cancellationToken
                )
        );
    }

    private static async Task<SendResponse> SendAsync(
        IReadOnlyList<byte[]> inputs,
        ICleverTapDestination destination,
        CleverTapEmulator emulator,
        CancellationToken cancellationToken
    )
    {
        var outcomes = new EventOutcome[inputs.Count];
        List<(int Place, RudderEvent Event)> readable = [];
        for (int place = 0; place < inputs.Count; place++)
        {
            if (RudderEvent.TryRead(inputs[place], out RudderEvent? parsed, out EventError? error))
            {
                readable.Add((place, parsed));
            }
            else
            {
                outcomes[place] = Unreadable(place, error);
            }
        }

        long requests = emulator.RequestCount;

        // As a stream, so that the meter tells of events while others are still on their way.
        await foreach (
            EventOutcome outcome in destination.SendAsync(readable.Select(entry => entry.Event).ToAsyncEnumerable(), cancellationToken)
        )
        {
            outcomes[readable[outcome.Index].Place] = outcome with { Index = readable[outcome.Index].Place };
        }

        return SendResponse.Create(outcomes, emulator, requests);
    }

    private static EventOutcome Unreadable(int place, EventError error)
    {
        FilterReason? reason = MappingOptions.Default.FilterReasonFor(error);
        return new EventOutcome
        {
            Index = place,
            MessageId = error.MessageId,
            Kind = reason is null ? OutcomeKind.Invalid : OutcomeKind.Filtered,
            Message = reason?.ToString() ?? error.Message,
            FilterReason = reason,
            Error = reason is null ? error : null,
        };
    }
}
