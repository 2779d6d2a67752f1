namespace CleverTap.Rudder;

/// <summary>
/// The file of the outbox cannot be used. The events that it held before are still in it. The message names the file and the remedy, and
/// never contains event values.
/// </summary>
public sealed class SqliteOutboxException : Exception
{
    internal SqliteOutboxException(OutboxFault fault, string message, Exception? cause)
        : base(message, cause) => Fault = fault;

    /// <summary>What is wrong.</summary>
    public OutboxFault Fault { get; }
}
