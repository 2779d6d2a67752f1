namespace CleverTap.Rudder;

/// <summary>What happens to an event for which the queue has no room.</summary>
public enum QueueFullMode
{
    /// <summary>EnqueueAsync waits for room: nothing is lost, the producer slows down.</summary>
    Wait,

    /// <summary>The new event becomes a dead letter, for the callback or in the table of the queue's kind, and is logged.</summary>
    DropNewest,
}
