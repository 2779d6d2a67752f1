using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests;

/// <summary>Converts JSON to a canonical text: two values have equal texts if and only if they have the same meaning.</summary>
/// <remarks>
/// Members are sorted. Numbers are compared by their exact value, texts by their UTF-16 units, including lone surrogates. A repeated
/// member name is an error.
/// </remarks>
internal static class CanonicalJson
{
    public static string Of(string json) => Of(Encoding.UTF8.GetBytes(json));

    public static string Of(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 1000 });
        if (!reader.Read())
        {
            throw new FormatException("No JSON");
        }

        string text = Value(ref reader, "");
        return reader.Read() ? throw new FormatException("More than one JSON value") : text;
    }

    private static string Value(ref Utf8JsonReader reader, string indent) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => Object(ref reader, indent),
            JsonTokenType.StartArray => Array(ref reader, indent),
            JsonTokenType.String => Quote(Text(ref reader)),
            JsonTokenType.Number => Number(Encoding.ASCII.GetString(reader.ValueSpan)),
            _ => Encoding.ASCII.GetString(reader.ValueSpan),
        };

    private static string Object(ref Utf8JsonReader reader, string indent)
    {
        string inner = indent + "  ";
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = Text(ref reader);
            reader.Read();
            if (!members.TryAdd(name, Value(ref reader, inner)))
            {
                throw new FormatException($"Two members are called {Quote(name)}");
            }
        }

        return members.Count == 0
            ? "{}"
            : $"{{\n{string.Join(",\n", members.Select(m => $"{inner}{Quote(m.Key)}: {m.Value}"))}\n{indent}}}";
    }

    private static string Array(ref Utf8JsonReader reader, string indent)
    {
        string inner = indent + "  ";
        var elements = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            elements.Add(inner + Value(ref reader, inner));
        }

        return elements.Count == 0 ? "[]" : $"[\n{string.Join(",\n", elements)}\n{indent}]";
    }

    /// <summary>Reads the text of a token. Utf8JsonReader.GetString would throw on a lone surrogate.</summary>
    private static string Text(ref Utf8JsonReader reader)
    {
        string raw = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(reader.ValueSpan);
        if (!reader.ValueIsEscaped)
        {
            return raw;
        }

        var text = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            char escape = raw[++i];
            text.Append(
                escape switch
                {
                    'b' => '\b',
                    'f' => '\f',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'u' => (char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                    _ => escape,
                }
            );
            if (escape == 'u')
            {
                i += 4;
            }
        }

        return text.ToString();
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char unit in text)
        {
            bool invisible = char.IsControl(unit) || char.IsSurrogate(unit) || unit is '\u2028' or '\u2029' or '\ufeff';
            if (unit is '"' or '\\')
            {
                quoted.Append('\\').Append(unit);
            }
            else if (invisible)
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }
            else
            {
                quoted.Append(unit);
            }
        }

        return quoted.Append('"').ToString();
    }

    private static string Number(string spelling)
    {
        int e = spelling.IndexOfAny(['e', 'E']);
        string digits = e < 0 ? spelling : spelling[..e];
        int exponent = e < 0 ? 0 : int.Parse(spelling.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= digits.Length - point - 1;
            digits = digits.Remove(point, 1);
        }

        BigInteger mantissa = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        if (mantissa.IsZero)
        {
            return "0";
        }

        while ((mantissa % 10).IsZero)
        {
            mantissa /= 10;
            exponent++;
        }

        return exponent is >= 0 and <= 20
            ? (mantissa * BigInteger.Pow(10, exponent)).ToString(CultureInfo.InvariantCulture)
            : $"{mantissa}e{exponent}";
    }
}
