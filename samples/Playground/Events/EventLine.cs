namespace Playground.Events;

/// <summary>One line of an event.</summary>
/// <param name="Depth">How deep it is nested.</param>
/// <param name="Name">The member's name in quotes; empty for elements of arrays.</param>
/// <param name="Value">The value, or the bracket that opens or closes one.</param>
/// <param name="Path">Where it stands, such as <c>context.traits.email</c>.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct EventLine(int Depth, string Name, string Value, string Path, EventLineKind Kind);

internal enum EventLineKind
{
    /// <summary>A text, number, true, false, null, or an empty object or array.</summary>
    Leaf,

    Open,

    Close,

    /// <summary>Of input that is not JSON.</summary>
    Text,
}
