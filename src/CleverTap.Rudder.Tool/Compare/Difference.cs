namespace CleverTap.Rudder.Tool.Compare;

/// <summary>One difference between what the presets make of an event.</summary>
/// <param name="Key">What differs; the same for many events.</param>
/// <param name="Before">The value of RudderTransformer, shortened; empty if there is none.</param>
/// <param name="After">The value of Default, shortened; empty if there is none.</param>
internal readonly record struct Difference(DifferenceKey Key, string Before, string After);

/// <summary>What differs.</summary>
/// <param name="Kind">The kind of the difference.</param>
/// <param name="Record">The type of the record; <c>event</c>, <c>profile</c> or <c>token</c>; empty for the event as a whole.</param>
/// <param name="Field">The field; empty for the record as a whole.</param>
internal readonly record struct DifferenceKey(DifferenceKind Kind, string Record, string Field);
