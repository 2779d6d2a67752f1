using Spectre.Console;

namespace CleverTap.Rudder.Tool.Output;

/// <summary>The styles of texts.</summary>
internal static class Styles
{
    public static readonly Style Heading = new(Color.Aqua, decoration: Decoration.Bold);
    public static readonly Style Strong = new(decoration: Decoration.Bold);
    public static readonly Style Quiet = new(Color.Grey);
    public static readonly Style Good = new(Color.Green);
    public static readonly Style Doubtful = new(Color.Yellow);
    public static readonly Style Bad = new(Color.Red);
}
