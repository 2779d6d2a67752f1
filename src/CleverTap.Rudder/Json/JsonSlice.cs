using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>One JSON value of the input: a slice of well-formed UTF-8 JSON, or nothing.</summary>
/// <remarks>It holds an array and not a ReadOnlyMemory, because each access to ReadOnlyMemory.Span checks the type of the memory.</remarks>
internal readonly struct JsonSlice : IEquatable<JsonSlice>
{
    public static readonly JsonSlice Null = new("null"u8.ToArray());

    /// <summary>
    /// Options for JSON that is known to be well-formed or whose depth is checked later: the reader does not stop at 64 levels.
    /// </summary>
    public static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private readonly byte[]? array;
    private readonly int start;
    private readonly int length;

    public JsonSlice(ReadOnlyMemory<byte> raw)
    {
        ArraySegment<byte> segment = ToArraySegment(raw);
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

    /// <summary>Whether the value exists and is neither null nor the empty string.</summary>
    public bool IsPresent =>
        Kind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => false,
            JsonValueKind.String => length > 2,
            _ => true,
        };

    /// <summary>Whether the value is present and neither <c>false</c> nor zero.</summary>
    public bool IsTruthy =>
        Kind switch
        {
            JsonValueKind.False => false,
            JsonValueKind.Number => JsonNumber.ToDouble(Span) != 0,
            _ => IsPresent,
        };

    /// <summary>Reads a text in UTF-8 that is exactly one JSON value; the result is missing if the text is anything else.</summary>
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

            JsonSlice value = FromReader(utf8Json, ref reader);
            return reader.Read() ? default : value;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>
    /// Reads the value at the current token of a reader of <paramref name="source"/> and moves the reader to the end of the value.
    /// </summary>
    public static JsonSlice FromReader(ReadOnlyMemory<byte> source, ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new JsonSlice(source[start..(int)reader.BytesConsumed]);
    }

    /// <summary>Creates a canonical JSON string from a text; the result is missing for null.</summary>
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

    /// <summary>The canonical content of a string.</summary>
    public ReadOnlyMemory<byte> Content() => JsonText.Canonical(Raw[1..^1]);

    /// <summary>The same bytes as <see cref="Content"/>.</summary>
    public ReadOnlySpan<byte> ContentSpan()
    {
        ReadOnlySpan<byte> content = Span[1..^1];
        return content.Contains((byte)'\\') ? Content().Span : content;
    }

    /// <summary>Whether the value is a string with exactly this ASCII text.</summary>
    public bool IsText(ReadOnlySpan<byte> ascii) => Kind == JsonValueKind.String && ContentSpan().SequenceEqual(ascii);

    /// <summary>The value of a member; missing if there is no such member or this is not an object.</summary>
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

    /// <summary>The elements of an array; empty if this is not an array.</summary>
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

    /// <summary>The array under the memory, or a copy if the memory has no array.</summary>
    public static ArraySegment<byte> ToArraySegment(ReadOnlyMemory<byte> memory) =>
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

    /// <summary>Returns <see cref="ToText"/> as a key. The key of a string without escapes is a slice of the input.</summary>
    public FieldName ToKey() => Kind == JsonValueKind.String ? new FieldName(Content()) : new FieldName(ToText() ?? "");

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
