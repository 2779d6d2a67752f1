using System.Globalization;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>What CleverTap's operators make of an attribute (CleverTap docs, upload user profiles API). Pure.</summary>
internal static class AttributeOperators
{
    /// <summary>The most values of one attribute; the oldest are dropped (CleverTap docs, platform considerations).</summary>
    private const int MostValues = 100;

    /// <summary>The attribute afterwards.</summary>
    /// <param name="current">The attribute; missing where there is none.</param>
    /// <param name="operation">An object of operators, applied one after the other.</param>
    /// <returns>Missing where the attribute is removed.</returns>
    public static JsonSlice Apply(JsonSlice current, JsonSlice operation)
    {
        var members = new MemberReader(operation);
        while (members.Next())
        {
            JsonSlice operand = members.Value;
            current = JsonText.Decode(members.NameSpan) switch
            {
                "$add" => CreateList(Values(current).Concat(Values(operand))),
                "$remove" => CreateList(Values(current).Except(Values(operand))),
                "$set" => CreateList(Values(operand)),
                "$incr" => Sum(current, operand, sign: 1),
                "$decr" => Sum(current, operand, sign: -1),
                "$delete" => default,
                _ => current,
            };
        }

        return current;
    }

    /// <summary>A list's values; a scalar is a list of one.</summary>
    private static List<JsonSlice> Values(JsonSlice value) =>
        value.Kind switch
        {
            JsonValueKind.Array => value.Elements(),
            JsonValueKind.Undefined or JsonValueKind.Null => [],
            _ => [value],
        };

    /// <summary>Each value once; missing where there is none, since an attribute without values is no attribute.</summary>
    private static JsonSlice CreateList(IEnumerable<JsonSlice> values)
    {
        JsonSlice[] kept = values.Distinct().TakeLast(MostValues).ToArray();
        if (kept.Length == 0)
        {
            return default;
        }

        var text = new Utf8Buffer();
        text.Append((byte)'[');
        foreach (JsonSlice value in kept)
        {
            if (text.Length > 1)
            {
                text.Append((byte)',');
            }

            text.Append(value.Span);
        }

        text.Append((byte)']');
        return new JsonSlice(text.Written.ToArray());
    }

    /// <summary>An attribute that is no number, or an operand that is none, changes nothing.</summary>
    private static JsonSlice Sum(JsonSlice current, JsonSlice operand, int sign)
    {
        if (operand.Kind != JsonValueKind.Number || !(current.IsNullOrMissing || current.Kind == JsonValueKind.Number))
        {
            return current;
        }

        if (Decimal(current) is { } exact && Decimal(operand) is { } exactStep)
        {
            decimal sum = exact + (sign * exactStep);
            return new JsonSlice(Encoding.ASCII.GetBytes(sum.ToString(CultureInfo.InvariantCulture)));
        }

        double rounded = Double(current) + (sign * Double(operand));
        return double.IsFinite(rounded)
            ? new JsonSlice(Encoding.ASCII.GetBytes(rounded.ToString("R", CultureInfo.InvariantCulture)))
            : current;
    }

    /// <summary>Numbers small enough that a sum of two cannot overflow; null for the others.</summary>
    private static decimal? Decimal(JsonSlice number)
    {
        if (number.IsNullOrMissing)
        {
            return 0;
        }

        return
            decimal.TryParse(number.Span, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            && Math.Abs(value) < decimal.MaxValue / 2
            ? value
            : null;
    }

    private static double Double(JsonSlice number) => number.IsNullOrMissing ? 0 : JsonNumber.ToDouble(number.Span);
}
