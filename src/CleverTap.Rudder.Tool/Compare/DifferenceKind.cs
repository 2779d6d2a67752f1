namespace CleverTap.Rudder.Tool.Compare;

/// <summary>What changes between the presets, from <c>RudderTransformer</c> to <c>Default</c>.</summary>
internal enum DifferenceKind
{
    /// <summary>Only Default maps the event.</summary>
    OnlyDefault,

    /// <summary>Only RudderTransformer maps the event.</summary>
    OnlyRudderTransformer,

    /// <summary>Neither maps the event, for another reason.</summary>
    Reason,

    /// <summary>Only Default has the record or field.</summary>
    Added,

    /// <summary>Only RudderTransformer has the record or field.</summary>
    Removed,

    /// <summary>The field has another value.</summary>
    Changed,

    /// <summary>The field has another name and the same value.</summary>
    Renamed,
}
