namespace CleverTap.Rudder.Tool.Input;

/// <summary>One event of the input with the configuration of its destination, or what is wrong with it.</summary>
/// <param name="Index">The index of the event in the input, counted from 0.</param>
/// <param name="Line">The line on which it begins, counted from 1.</param>
/// <param name="Event">The event's JSON, valid until the next event is read.</param>
/// <param name="Config">The configuration beside the event; null for a bare event.</param>
/// <param name="Error">Why there is no event; null if there is one.</param>
internal readonly record struct InputLine(
    long Index,
    long Line,
    ReadOnlyMemory<byte> Event,
    RudderDestinationConfig? Config,
    EventError? Error
);
