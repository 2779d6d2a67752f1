namespace Playground.Mapping;

/// <summary>What a person can give as the value of an option.</summary>
internal enum OptionKind
{
    /// <summary>True or false.</summary>
    Switch,

    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>A text or a number. Where there are choices, one or more of them with commas between them.</summary>
    Text,

    /// <summary>A list of names.</summary>
    Names,
}
