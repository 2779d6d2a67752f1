namespace CleverTap.Rudder.Internal.Queues;

/// <summary>A fault of the file or the brokers that store the events of a queue.</summary>
/// <param name="Message">A sentence without values of events.</param>
/// <param name="IsTransient">Whether the fault usually ends without an action of the operator.</param>
internal sealed record QueueFault(string Message, bool IsTransient);
