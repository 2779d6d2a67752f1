using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>
/// One JSON value as it stands in the input: a slice of well-formed UTF-8 JSON, or nothing. A slice of an array and not a
/// ReadOnlyMemory, which would have to find out at each look what it is over.
/// </summary>
internal readonly struct JsonSlice : IEquatable<JsonSlice>
{
    public static readonly JsonSlice Null = new("null"u8.ToArray());

    /// <summary>For JSON that is known to be well-formed, or whose depth is judged later: the reader shall not stop at 64 levels.</summary>
    public static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private readonly byte[]? array;
    private readonly int start;
    private readonly int length;

    public JsonSlice(ReadOnlyMemory<byte> raw)
    {
        ArraySegment<byte> segment = ArrayOf(raw);
        array = segment.Array;
        start = segment.Offset;
        length = segment.Count;
    }

    public JsonSlice(byte[] array, int start, int length)
    {
        this.array = array;
        this.start = start;
        this.length = length;
    }

    public ReadOnlyMemory<byte> Raw => new(array, start, length);

    public ReadOnlySpan<byte> Span => new(array, start, length);

    /// <summary>The array that the value is a slice of.</summary>
    public ArraySegment<byte> Segment => array is null ? default : new(array, start, length);

    public JsonValueKind Kind =>
        length == 0
            ? JsonValueKind.Undefined
            : Span[0] switch
            {
                (byte)'"' => JsonValueKind.String,
                (byte)'{' => JsonValueKind.Object,
                (byte)'[' => JsonValueKind.Array,
                (byte)'t' => JsonValueKind.True,
                (byte)'f' => JsonValueKind.False,
                (byte)'n' => JsonValueKind.Null,
                _ => JsonValueKind.Number,
            };

    public bool IsMissing => length == 0;

    public bool IsNullOrMissing => length == 0 || Span[0] == 'n';

    public bool IsContainer => Kind is JsonValueKind.Object or JsonValueKind.Array;

    /// <summary>There, and neither null nor the empty string.</summary>
    public bool IsPresent =>
        Kind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => false,
            JsonValueKind.String => length > 2,
            _ => true,
        };

    /// <summary>Present, and neither <c>false</c> nor zero.</summary>
    public bool IsTruthy =>
        Kind switch
        {
            JsonValueKind.False => false,
            JsonValueKind.Number => JsonNumber.ToDouble(Span) != 0,
            _ => IsPresent,
        };

    /// <summary>The only JSON value of a text in UTF-8; missing where it is anything else.</summary>
    public static JsonSlice Parse(ReadOnlyMemory<byte> utf8Json, JsonReaderOptions options = default)
    {
        if (utf8Json.Span.StartsWith("\uFEFF"u8))
        {
            utf8Json = utf8Json[3..];
        }

        if (!Utf8.IsValid(utf8Json.Span))
        {
            return default;
        }

        try
        {
            var reader = new Utf8JsonReader(utf8Json.Span, options);
            if (!reader.Read())
            {
                return default;
            }

            JsonSlice value = Take(utf8Json, ref reader);
            return reader.Read() ? default : value;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>The value that a reader of <paramref name="source"/> stands at the beginning of; the reader goes to its end.</summary>
    public static JsonSlice Take(ReadOnlyMemory<byte> source, ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new JsonSlice(source[start..(int)reader.BytesConsumed]);
    }

    /// <summary>A string as a value, in canonical spelling; nothing for null.</summary>
    public static JsonSlice FromText(string? text)
    {
        if (text is null)
        {
            return default;
        }

        byte[] content = JsonText.Encode(text);
        var quoted = new byte[content.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        content.CopyTo(quoted, 1);
        return new JsonSlice(quoted);
    }

    /// <summary>What stands between the quotes of a string, in canonical spelling.</summary>
    public ReadOnlyMemory<byte> Content() => JsonText.Canonical(Raw[1..^1]);

    /// <summary>The same bytes as <see cref="Content"/>.</summary>
    public ReadOnlySpan<byte> ContentSpan()
    {
        ReadOnlySpan<byte> content = Span[1..^1];
        return content.Contains((byte)'\\') ? Content().Span : content;
    }

    /// <summary>A string with exactly this ASCII text.</summary>
    public bool IsText(ReadOnlySpan<byte> ascii) => Kind == JsonValueKind.String && ContentSpan().SequenceEqual(ascii);

    /// <summary>One member of an object, missing where there is none (or where this is no object).</summary>
    public JsonSlice Member(ReadOnlySpan<byte> canonicalName)
    {
        JsonSlice found = default;
        var members = new MemberReader(this);
        while (members.Next())
        {
            if (members.NameSpan.SequenceEqual(canonicalName))
            {
                found = members.Value;
            }
        }

        return found;
    }

    /// <summary>The elements of an array; of anything else none.</summary>
    public List<JsonSlice> Elements()
    {
        List<JsonSlice> elements = [];
        var reader = new ElementReader(this);
        while (reader.Next())
        {
            elements.Add(reader.Value);
        }

        return elements;
    }

    /// <summary>The memory's own array; a copy where it has none.</summary>
    public static ArraySegment<byte> ArrayOf(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment) ? segment : new ArraySegment<byte>(memory.ToArray());

    /// <summary>
    /// Returns the text of a scalar, or null for any other value. A number is written as in ECMAScript, with all its digits.
    /// </summary>
    public string? ToText() =>
        Kind switch
        {
            JsonValueKind.String => JsonText.Decode(Span[1..^1]),
            JsonValueKind.Number => TextOfNumber(Span),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };

    public bool Equals(JsonSlice other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is JsonSlice other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    private static string TextOfNumber(ReadOnlySpan<byte> literal)
    {
        var buffer = new Utf8Buffer();
        JsonNumber.Append(buffer, literal, NumberFormat.Exact);
        return Encoding.ASCII.GetString(buffer.Written);
    }
}
