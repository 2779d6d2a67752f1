namespace Playground.Mapping;

/// <summary>The kind of value that an option takes.</summary>
internal enum OptionKind
{
    /// <summary>True or false.</summary>
    Switch,

    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>A text or a number; for an option with choices, a comma-separated list of them.</summary>
    Text,

    /// <summary>A list of names.</summary>
    Names,
}
