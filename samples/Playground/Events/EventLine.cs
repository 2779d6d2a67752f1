namespace Playground.Events;

/// <summary>A line of a formatted event.</summary>
/// <param name="Depth">The nesting depth.</param>
/// <param name="Name">The member's name in quotes; empty for elements of arrays.</param>
/// <param name="Value">The value, or an opening or closing bracket.</param>
/// <param name="Path">The path, such as <c>context.traits.email</c>.</param>
/// <param name="Kind">The kind of line.</param>
internal readonly record struct EventLine(int Depth, string Name, string Value, string Path, EventLineKind Kind);

internal enum EventLineKind
{
    /// <summary>A text, number, true, false, null, or an empty object or array.</summary>
    Leaf,

    Open,

    Close,

    /// <summary>A line of input that is not JSON.</summary>
    Text,
}
