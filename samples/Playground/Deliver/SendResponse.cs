using CleverTap.Rudder;
using CleverTap.Rudder.Testing;

namespace Playground.Deliver;

/// <summary>One outcome for each event, how many there are of each kind, and what it took.</summary>
/// <param name="Outcomes">In the order of the events.</param>
/// <param name="Counts">Events by kind of outcome.</param>
/// <param name="Requests">Requests that the emulator answered or dropped meanwhile.</param>
/// <param name="Failed">Those of them that met a fault, so that they were tried again.</param>
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

/// <summary>What became of one event, and why in a few words.</summary>
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
