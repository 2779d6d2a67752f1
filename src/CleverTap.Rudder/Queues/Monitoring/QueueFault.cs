namespace CleverTap.Rudder.Internal.Queues;

/// <summary>What is wrong with the place where a queue keeps its events.</summary>
/// <param name="Message">A sentence without values of events.</param>
/// <param name="IsTransient">Whether it usually ends by itself.</param>
internal sealed record QueueFault(string Message, bool IsTransient);
