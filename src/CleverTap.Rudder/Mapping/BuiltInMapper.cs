using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>
/// A mapper of this library. The transformer calls it with the index of an event; a mapper of the host calls it with the event.
/// </summary>
internal abstract class BuiltInMapper
{
    /// <summary>Writes the records of an event to <paramref name="run"/>; returns an error if there are none.</summary>
    public abstract EventError? Map(in ParsedEvent e, MappingContext run);

    /// <summary>
    /// The name by which event lists know an event; null if it has none. Afterwards <paramref name="run"/> must be started again.
    /// </summary>
    public virtual string? FindListedName(in ParsedEvent e, MappingContext run) => null;

    /// <summary>Maps an event that a host's mapper passes on. The filters of the options are not applied again.</summary>
    protected TransformResult MapEvent(RudderEvent rudderEvent, MappingOptions options)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        ArgumentNullException.ThrowIfNull(options);
        ref readonly ParsedEvent index = ref rudderEvent.Parsed;
        if (index.CheckLimits(options.MaxEventBytes) is { } limit)
        {
            return TransformResult.Invalid(limit);
        }

        MappingContext run = MappingContext.Rent();
        run.Start(options);
        EventError? error;
        try
        {
            error = Map(index, run);
        }
        catch (Exception exception) when (JsonTokenizer.IsOfChangedMemory(exception))
        {
            error = EventError.Changed;
        }

        return run.ToResult(error is null ? null : error with { MessageId = index.MessageId.ToText() }, filtered: null);
    }
}
