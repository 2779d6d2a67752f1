namespace CleverTap.Rudder.Internal.Queues;

/// <summary>The state of the handlers of an event.</summary>
internal enum NotificationStatus
{
    /// <summary>Each handler has succeeded or was given up.</summary>
    Done,

    /// <summary>Some handlers have failed and are to be called again.</summary>
    Retry,

    /// <summary>The queue stops before each handler has succeeded or was given up.</summary>
    Abandoned,
}
