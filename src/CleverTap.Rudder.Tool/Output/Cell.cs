using Spectre.Console;

namespace CleverTap.Rudder.Tool.Output;

/// <summary>A text with a style, which only a terminal shows.</summary>
internal readonly record struct Cell(string Text, Style? Style = null)
{
    public static implicit operator Cell(string text) => new(text);
}
