using CleverTap.Rudder;
using CleverTap.Rudder.Testing;
using Playground.Events;

namespace Playground.Deliver;

/// <summary>Delivers events to the emulator and returns the outcome of each event.</summary>
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
            (
                int count,
                bool rejected,
                ICleverTapDestination destination,
                CleverTapEmulator emulator,
                CancellationToken cancellationToken
            ) =>
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
        List<(int Index, RudderEvent Event)> readable = [];
        for (int index = 0; index < inputs.Count; index++)
        {
            if (RudderEvent.TryRead(inputs[index], out RudderEvent? parsed, out EventError? error))
            {
                readable.Add((index, parsed));
            }
            else
            {
                outcomes[index] = CreateUnreadable(index, error);
            }
        }

        long requests = emulator.RequestCount;

        // A stream, so that the meter counts events while others are still in flight.
        await foreach (
            EventOutcome outcome in destination.SendAsync(readable.Select(entry => entry.Event).ToAsyncEnumerable(), cancellationToken)
        )
        {
            outcomes[readable[outcome.Index].Index] = outcome with { Index = readable[outcome.Index].Index };
        }

        return SendResponse.Create(outcomes, emulator, requests);
    }

    private static EventOutcome CreateUnreadable(int index, EventError error)
    {
        FilterReason? reason = MappingOptions.Default.FilterReasonFor(error);
        return new EventOutcome
        {
            Index = index,
            MessageId = error.MessageId,
            Kind = reason is null ? OutcomeKind.Invalid : OutcomeKind.Filtered,
            Message = reason?.ToString() ?? error.Message,
            FilterReason = reason,
            Error = reason is null ? error : null,
        };
    }
}
