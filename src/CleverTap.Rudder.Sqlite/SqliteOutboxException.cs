namespace CleverTap.Rudder;

/// <summary>The outbox's file cannot be used. What it held before is still in it. The message names the file and what to do, and never holds an event.</summary>
public sealed class SqliteOutboxException : Exception
{
    internal SqliteOutboxException(OutboxFault fault, string message, Exception? cause)
        : base(message, cause) => Fault = fault;

    /// <summary>What is wrong.</summary>
    public OutboxFault Fault { get; }
}
