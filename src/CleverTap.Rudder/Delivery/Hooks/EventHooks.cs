namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>The host's filters and editors of a destination, in the order of their registration. Thread-safe if they are.</summary>
internal sealed class EventHooks(EventHook[] hooks)
{
    public static EventHooks None { get; } = new([]);

    /// <summary>Runs them on an event.</summary>
    /// <param name="rudderEvent">The event; afterwards as the editors have left it.</param>
    /// <returns>Why the event is not sent; null if it is.</returns>
    public TransformResult? Run(ref RudderEvent rudderEvent)
    {
        foreach (EventHook hook in hooks)
        {
            if (Run(hook, ref rudderEvent) is { } result)
            {
                return result;
            }
        }

        return null;
    }

    private static TransformResult? Run(EventHook hook, ref RudderEvent rudderEvent)
    {
        try
        {
            if (hook.ShouldSend is { } shouldSend)
            {
                return shouldSend(rudderEvent) ? null : TransformResult.Filtered(FilterReason.HostRule);
            }

            if (hook.Edit!(rudderEvent) is { } edited)
            {
                rudderEvent = edited;
                return null;
            }
        }
        catch (Exception exception)
        {
            // Its message may hold values of the event.
            return Failed(
                rudderEvent,
                $"The host's rule {hook.Name} threw {exception.GetType()}; correct the rule",
                "a rule that takes the event"
            );
        }

        return Failed(
            rudderEvent,
            $"The host's rule {hook.Name} returned null; make it return the event, or filter with FilterEvents",
            "an event"
        );
    }

    private static TransformResult Failed(RudderEvent rudderEvent, string message, string expected) =>
        TransformResult.Invalid(new EventError(EventErrorCode.HostRule, "", message, expected) { MessageId = rudderEvent.MessageId });
}
