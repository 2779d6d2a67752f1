namespace CleverTap.Rudder.Internal.AspNetCore.Endpoints;

/// <summary>The result of receiving the events of a request.</summary>
internal enum ReceiveStatus
{
    /// <summary>The queue has taken every event. A retry cannot help the invalid elements.</summary>
    Done,

    /// <summary>The body could not be read.</summary>
    Unreadable,

    /// <summary>The queue had no room for some events.</summary>
    QueueFull,

    /// <summary>The queue failed for some events, for example because the disk is full.</summary>
    QueueFailed,

    /// <summary>The host is stopping.</summary>
    Stopping,
}
