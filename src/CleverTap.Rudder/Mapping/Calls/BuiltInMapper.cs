using CleverTap.Rudder.Internal.Events;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Is the base of the mappers of this library.</summary>
/// <remarks>The transformer calls such a mapper with a parsed event. A mapper of the host calls it with the event object.</remarks>
internal abstract class BuiltInMapper
{
    /// <summary>Writes the records of an event to <paramref name="context"/>, or returns an error.</summary>
    public abstract EventError? Map(in ParsedEvent parsed, MappingContext context);

    /// <summary>
    /// Finds the name that event lists compare, or null if the event has none. The context must be started again afterwards.
    /// </summary>
    public virtual string? FindListedName(in ParsedEvent parsed, MappingContext context) => null;

    /// <summary>Maps an event that a mapper of the host passes on. The filters of the options are not applied again.</summary>
    protected TransformResult MapEvent(RudderEvent rudderEvent, MappingOptions options)
    {
        ArgumentNullException.ThrowIfNull(rudderEvent);
        ArgumentNullException.ThrowIfNull(options);
        ref readonly ParsedEvent parsed = ref rudderEvent.Parsed;
        if (parsed.CheckLimits(options.MaxEventBytes) is { } limitError)
        {
            return TransformResult.Invalid(limitError);
        }

        MappingContext context = MappingContext.Rent();
        context.Start(options);
        EventError? error = Map(parsed, context);
        return context.ReturnWithResult(error is null ? null : error with { MessageId = parsed.MessageId.ToText() }, filterReason: null);
    }
}
