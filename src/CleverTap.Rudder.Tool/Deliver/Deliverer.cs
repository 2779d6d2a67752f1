using CleverTap.Rudder;
using Microsoft.Extensions.Options;

namespace Quickstart;

/// <summary>Sends lines to the destinations they are for, and has one outcome for each, in the order of the lines.</summary>
internal sealed class Deliverer(Destinations destinations)
{
    public async Task<IReadOnlyList<LineOutcome>> SendAsync(IReadOnlyList<InputLine> lines, CancellationToken cancellationToken)
    {
        var outcomes = new LineOutcome[lines.Count];
        OrderedDictionary<ICleverTapDestination, List<(int Place, RudderEvent Event)>> batches = [];
        for (int place = 0; place < lines.Count; place++)
        {
            InputLine line = lines[place];
            EventError? error = Open(line, out RudderEvent? opened, out ICleverTapDestination? destination);
            if (error is not null)
            {
                outcomes[place] = LineOutcome.Unsent(line, opened, error, destinations.Mapping);
            }
            else if (batches.TryGetValue(destination!, out List<(int, RudderEvent)>? batch))
            {
                batch.Add((place, opened!));
            }
            else
            {
                batches.Add(destination!, [(place, opened!)]);
            }
        }

        foreach ((ICleverTapDestination destination, List<(int Place, RudderEvent Event)> batch) in batches)
        {
            DeliveryReport report = await destination.SendAsync([.. batch.Select(entry => entry.Event)], cancellationToken);
            for (int i = 0; i < batch.Count; i++)
            {
                outcomes[batch[i].Place] = new LineOutcome(lines[batch[i].Place].Number, batch[i].Event, report[i]);
            }
        }

        return outcomes;
    }

    private EventError? Open(in InputLine line, out RudderEvent? opened, out ICleverTapDestination? destination)
    {
        opened = null;
        destination = null;
        if (line.Error is not null)
        {
            return line.Error;
        }

        if (!RudderEvent.TryRead(line.Event, out opened, out EventError? error))
        {
            return error;
        }

        try
        {
            destination = destinations.For(line);
            return null;
        }
        catch (OptionsValidationException exception)
        {
            return new EventError(EventErrorCode.WrongKind, "destination.Config", string.Join(' ', exception.Failures), "an account");
        }
    }
}
