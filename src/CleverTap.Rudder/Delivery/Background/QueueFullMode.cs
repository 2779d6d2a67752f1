namespace CleverTap.Rudder;

/// <summary>What happens to an event for which the queue has no room.</summary>
public enum QueueFullMode
{
    /// <summary>EnqueueAsync waits for room: nothing is lost, the producer slows down.</summary>
    Wait,

    /// <summary>The new event goes to the dead-letter callback, is counted and logged.</summary>
    DropNewest,
}
