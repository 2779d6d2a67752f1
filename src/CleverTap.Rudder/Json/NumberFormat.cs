namespace CleverTap.Rudder;

/// <summary>How numbers are written. Either way a number is spelt as ECMAScript spells it: <c>1.0</c> becomes <c>1</c>.</summary>
public enum NumberFormat
{
    /// <summary>An integer keeps all its digits, also one that a double cannot hold.</summary>
    Exact,

    /// <summary>Every number is a double: <c>12345678901234567890</c> becomes <c>12345678901234567000</c>, as in rudder-transformer.</summary>
    EcmaScript,
}
