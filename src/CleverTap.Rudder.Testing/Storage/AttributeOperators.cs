using System.Globalization;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>Applies CleverTap's operators to an attribute (CleverTap docs, upload user profiles API). Pure.</summary>
internal static class AttributeOperators
{
    /// <summary>The maximum number of values of one attribute; the oldest are removed (CleverTap docs, platform considerations).</summary>
    private const int MaxValues = 100;

    /// <summary>Applies operators to an attribute.</summary>
    /// <param name="current">The attribute; missing if it does not exist.</param>
    /// <param name="operation">An object of operators, which are applied one after the other.</param>
    /// <returns>The new attribute; missing if it is removed.</returns>
    public static JsonSlice Apply(JsonSlice current, JsonSlice operation)
    {
        var members = new MemberReader(operation);
        while (members.Next())
        {
            JsonSlice operand = members.Value;
            current = JsonText.Decode(members.NameSpan) switch
            {
                "$add" => CreateList(ReadValues(current).Concat(ReadValues(operand))),
                "$remove" => CreateList(ReadValues(current).Except(ReadValues(operand))),
                "$set" => CreateList(ReadValues(operand)),
                "$incr" => Add(current, operand, sign: 1),
                "$decr" => Add(current, operand, sign: -1),
                "$delete" => default,
                _ => current,
            };
        }

        return current;
    }

    /// <summary>Returns the values of a list; a scalar is a list with one value.</summary>
    private static List<JsonSlice> ReadValues(JsonSlice value) =>
        value.Kind switch
        {
            JsonValueKind.Array => value.Elements(),
            JsonValueKind.Undefined or JsonValueKind.Null => [],
            _ => [value],
        };

    /// <summary>Creates a list of distinct values; missing if there are none, because an attribute without values does not exist.</summary>
    private static JsonSlice CreateList(IEnumerable<JsonSlice> values)
    {
        JsonSlice[] kept = values.Distinct().TakeLast(MaxValues).ToArray();
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

    /// <summary>Adds a number. The attribute stays unchanged if it or the operand is not a number.</summary>
    private static JsonSlice Add(JsonSlice current, JsonSlice operand, int sign)
    {
        if (operand.Kind != JsonValueKind.Number || !(current.IsNullOrMissing || current.Kind == JsonValueKind.Number))
        {
            return current;
        }

        if (ToDecimal(current) is { } exact && ToDecimal(operand) is { } exactStep)
        {
            decimal sum = exact + (sign * exactStep);
            return new JsonSlice(Encoding.ASCII.GetBytes(sum.ToString(CultureInfo.InvariantCulture)));
        }

        double rounded = ToDouble(current) + (sign * ToDouble(operand));
        return double.IsFinite(rounded)
            ? new JsonSlice(Encoding.ASCII.GetBytes(rounded.ToString("R", CultureInfo.InvariantCulture)))
            : current;
    }

    /// <summary>Returns a number, or null if a sum of two such numbers could overflow.</summary>
    private static decimal? ToDecimal(JsonSlice number)
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

    private static double ToDouble(JsonSlice number) => number.IsNullOrMissing ? 0 : JsonNumber.ToDouble(number.Span);
}
