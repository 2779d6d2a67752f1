namespace CleverTap.Rudder;

/// <summary>How numbers are written.</summary>
/// <remarks>Both formats follow ECMAScript: <c>1.0</c> becomes <c>1</c>.</remarks>
public enum NumberFormat
{
    /// <summary>
    /// An integer keeps all its digits, even if a double cannot represent it. A number beyond the range of a double is omitted.
    /// </summary>
    Exact,

    /// <summary>
    /// Every number becomes a double, as in rudder-transformer: <c>12345678901234567890</c> is <c>12345678901234567000</c>, and
    /// <c>1e400</c> is null.
    /// </summary>
    EcmaScript,
}
