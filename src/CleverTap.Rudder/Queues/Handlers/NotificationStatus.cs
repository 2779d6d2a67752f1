namespace CleverTap.Rudder.Internal.Queues;

/// <summary>How far the handlers of an event are.</summary>
internal enum NotificationStatus
{
    /// <summary>Each has taken it, or was given up.</summary>
    Done,

    /// <summary>Some have failed and are to be called again.</summary>
    Retry,

    /// <summary>The host stops before some have taken it.</summary>
    Abandoned,
}
