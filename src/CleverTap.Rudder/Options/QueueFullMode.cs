namespace CleverTap.Rudder;

/// <summary>What happens to an event if the queue is full.</summary>
public enum QueueFullMode
{
    /// <summary>EnqueueAsync waits until the queue has room: no event is lost, and the producer slows down.</summary>
    Wait,

    /// <summary>The new event becomes a dead letter, for the handler or the table of that kind of queue, and is logged.</summary>
    DropNewest,
}
