using CleverTap.Rudder;

namespace Quickstart;

/// <summary>One line of the input: an event with its destination's configuration, if it came with one, or what is wrong.</summary>
/// <param name="Index">The line, counted from 0.</param>
/// <param name="Event">The event's JSON, good until the next line is read.</param>
/// <param name="Config">The configuration of the envelope; null for a bare event.</param>
/// <param name="Error">Why there is no event to look at; null where there is one.</param>
internal readonly record struct InputLine(long Index, ReadOnlyMemory<byte> Event, RudderDestinationConfig? Config, EventError? Error)
{
    /// <summary>As people and editors count lines.</summary>
    public long Number => Index + 1;
}
