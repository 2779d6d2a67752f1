using CleverTap.Rudder;
using CleverTap.Rudder.Testing;

namespace Playground.Deliver;

/// <summary>The outcome of each event, and the number of outcomes and requests.</summary>
/// <param name="Outcomes">The outcomes, in the order of the events.</param>
/// <param name="Counts">The number of events by kind of outcome.</param>
/// <param name="Requests">The number of requests that the emulator received.</param>
/// <param name="Failed">The number of requests with a fault, which were retried.</param>
internal sealed record SendResponse(IReadOnlyList<OutcomeView> Outcomes, IReadOnlyDictionary<string, int> Counts, long Requests, int Failed)
{
    public static SendResponse Create(IReadOnlyList<EventOutcome> outcomes, CleverTapEmulator emulator, long requestsBefore) =>
        new(
            [.. outcomes.Select(OutcomeView.From)],
            outcomes
                .CountBy(outcome => outcome.Kind)
                .OrderBy(count => count.Key)
                .ToDictionary(count => count.Key.ToString(), count => count.Value),
            emulator.RequestCount - requestsBefore,
            emulator.Requests.Count(request => request.Number > requestsBefore && request.Fault != CleverTapFault.None)
        );
}

/// <summary>The outcome of an event, with a short reason.</summary>
internal sealed record OutcomeView(int Index, string? MessageId, string Kind, string Detail)
{
    public static OutcomeView From(EventOutcome outcome) =>
        new(
            outcome.Index,
            outcome.MessageId,
            outcome.Kind.ToString(),
            outcome.Kind switch
            {
                OutcomeKind.Delivered => string.Join(
                    ", ",
                    outcome.OmittedFields.Select(field => $"without {field.Field}, which CleverTap rejects ({field.Code})")
                ),
                OutcomeKind.Filtered => $"{outcome.FilterReason}",
                OutcomeKind.Invalid => $"{outcome.Error!.Code}: {outcome.Message}",
                OutcomeKind.Rejected => $"{outcome.Code}: {outcome.Message}",
                _ => $"{outcome.UndeliveredReason}: {outcome.Message}",
            }
        );
}
