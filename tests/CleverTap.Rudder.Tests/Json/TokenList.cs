using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>Lists the tokens of a text, one per line, with the readers of the library or with Utf8JsonReader.</summary>
internal static class TokenList
{
    public static string ByReaders(JsonSlice text)
    {
        var tokens = new StringBuilder();
        int start = JsonTokenizer.SkipWhiteSpace(text.Span, 0);
        int end = JsonTokenizer.EndOfValue(text.Span, start, out _, out _);
        if (JsonTokenizer.SkipWhiteSpace(text.Span, end) < text.Span.Length)
        {
            JsonTokenizer.Fail();
        }

        Add(tokens, new JsonSlice(text.Raw[start..end]));
        return tokens.ToString();
    }

    /// <summary>Lists the tokens with Utf8JsonReader; null if the text is not JSON.</summary>
    public static string? ByUtf8JsonReader(ReadOnlySpan<byte> text)
    {
        var tokens = new StringBuilder();
        var reader = new Utf8JsonReader(text, JsonSlice.AnyDepth);
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        Line(tokens, "name ", JsonText.Encode(JsonText.Decode(reader.ValueSpan)));
                        break;
                    case JsonTokenType.String:
                        Line(tokens, "text ", reader.ValueSpan);
                        break;
                    default:
                        Line(tokens, "", reader.ValueSpan);
                        break;
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return tokens.ToString();
    }

    private static void Add(StringBuilder tokens, JsonSlice value)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Object:
                Line(tokens, "", "{"u8);
                var members = new MemberReader(value);
                while (members.Next())
                {
                    Line(tokens, "name ", members.NameSpan);
                    if (!members.Name.Span.SequenceEqual(members.NameSpan))
                    {
                        throw new InvalidOperationException("Name and NameSpan differ");
                    }

                    if (!members.Value.Span.SequenceEqual(members.ValueSpan))
                    {
                        throw new InvalidOperationException("Value and ValueSpan differ");
                    }

                    Add(tokens, members.Value);
                }

                AssertEnd(members.End, value);
                Line(tokens, "", "}"u8);
                break;
            case JsonValueKind.Array:
                Line(tokens, "", "["u8);
                var elements = new ElementReader(value);
                while (elements.Next())
                {
                    Add(tokens, elements.Value);
                }

                AssertEnd(elements.End, value);
                Line(tokens, "", "]"u8);
                break;
            case JsonValueKind.String:
                Line(tokens, "text ", value.Span[1..^1]);
                break;
            default:
                Line(tokens, "", value.Span);
                break;
        }
    }

    private static void AssertEnd(int end, JsonSlice value)
    {
        if (end != value.Span.Length)
        {
            throw new InvalidOperationException($"Ended at {end} instead of {value.Span.Length}");
        }
    }

    private static void Line(StringBuilder tokens, string kind, ReadOnlySpan<byte> text) =>
        tokens.Append(kind).Append(Encoding.Latin1.GetString(text)).Append('\n');
}
