namespace CleverTap.Rudder;

/// <summary>The file of the outbox cannot be used.</summary>
/// <remarks>
/// Events that were enqueued before stay in the file. The message names the file and the remedy; it never contains event values.
/// </remarks>
public sealed class SqliteOutboxException : Exception
{
    internal SqliteOutboxException(OutboxFault fault, string message, Exception? cause)
        : base(message, cause) => Fault = fault;

    /// <summary>Gets the kind of failure.</summary>
    public OutboxFault Fault { get; }
}
