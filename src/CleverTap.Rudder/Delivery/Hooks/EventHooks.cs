namespace CleverTap.Rudder.Internal.Delivery;

/// <summary>Runs the host's filters and editors of a destination in the order of their registration.</summary>
/// <remarks>Thread-safe if the filters and editors are.</remarks>
internal sealed class EventHooks(EventHook[] hooks)
{
    public static EventHooks None { get; } = new([]);

    /// <summary>Runs the hooks on an event.</summary>
    /// <param name="rudderEvent">The event; the edited event afterwards.</param>
    /// <returns>The reason why the event is not sent; null if it is sent.</returns>
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
            // The error does not contain the exception message, because it may contain values of the event.
            return Invalid(
                rudderEvent,
                $"The host's rule {hook.Name} threw {exception.GetType()}; correct the rule",
                "a rule that takes the event"
            );
        }

        return Invalid(
            rudderEvent,
            $"The host's rule {hook.Name} returned null; make it return the event, or filter with FilterEvents",
            "an event"
        );
    }

    private static TransformResult Invalid(RudderEvent rudderEvent, string message, string expected) =>
        TransformResult.Invalid(EventError.FromHostRule(message, expected, rudderEvent.MessageId));
}
