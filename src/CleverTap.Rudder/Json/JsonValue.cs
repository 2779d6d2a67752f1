using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>One JSON value as it stands in the input: a slice of well-formed UTF-8 JSON, or nothing.</summary>
internal readonly struct JsonValue(ReadOnlyMemory<byte> raw) : IEquatable<JsonValue>
{
    public static readonly JsonValue Null = new("null"u8.ToArray());

    public ReadOnlyMemory<byte> Raw { get; } = raw;

    public JsonValueKind Kind => Raw.IsEmpty
        ? JsonValueKind.Undefined
        : Raw.Span[0] switch
        {
            (byte)'"' => JsonValueKind.String,
            (byte)'{' => JsonValueKind.Object,
            (byte)'[' => JsonValueKind.Array,
            (byte)'t' => JsonValueKind.True,
            (byte)'f' => JsonValueKind.False,
            (byte)'n' => JsonValueKind.Null,
            _ => JsonValueKind.Number,
        };

    public bool IsMissing => Raw.IsEmpty;

    public bool IsNullOrMissing => Raw.IsEmpty || Raw.Span[0] == 'n';

    public bool IsContainer => Kind is JsonValueKind.Object or JsonValueKind.Array;

    /// <summary>There, and neither null nor the empty string.</summary>
    public bool IsPresent => Kind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => false,
        JsonValueKind.String => Raw.Length > 2,
        _ => true,
    };

    /// <summary>Present, and neither <c>false</c> nor zero.</summary>
    public bool IsTruthy => Kind switch
    {
        JsonValueKind.False => false,
        JsonValueKind.Number => JsonNumber.ToDouble(Raw.Span) != 0,
        _ => IsPresent,
    };

    /// <summary>A string as a value, in canonical spelling; nothing for null.</summary>
    public static JsonValue FromText(string? text)
    {
        if (text is null) return default;
        byte[] content = JsonText.Encode(text);
        var quoted = new byte[content.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        content.CopyTo(quoted, 1);
        return new JsonValue(quoted);
    }

    /// <summary>What stands between the quotes of a string, in canonical spelling.</summary>
    public ReadOnlyMemory<byte> Content() => JsonText.Canonical(Raw[1..^1]);

    /// <summary>A string with exactly this ASCII text.</summary>
    public bool IsText(ReadOnlySpan<byte> ascii) => Kind == JsonValueKind.String && Content().Span.SequenceEqual(ascii);

    /// <summary>One member of an object, missing where there is none (or where this is no object).</summary>
    public JsonValue Member(ReadOnlySpan<byte> canonicalName)
    {
        JsonValue found = default;
        var members = new MemberReader(this);
        while (members.Next())
        {
            if (members.Name.Span.SequenceEqual(canonicalName)) found = members.Value;
        }

        return found;
    }

    /// <summary>The text of a scalar (a number as ECMAScript spells it, its digits kept); null for anything else.</summary>
    public string? ToText()
    {
        switch (Kind)
        {
            case JsonValueKind.String:
                return JsonText.Decode(Raw.Span[1..^1]);
            case JsonValueKind.Number:
                var buffer = new Utf8Buffer();
                JsonNumber.Append(buffer, Raw.Span, NumberSpelling.Exact);
                return Encoding.ASCII.GetString(buffer.Written);
            case JsonValueKind.True:
                return "true";
            case JsonValueKind.False:
                return "false";
            default:
                return null;
        }
    }

    public bool Equals(JsonValue other) => Raw.Span.SequenceEqual(other.Raw.Span);

    public override bool Equals(object? obj) => obj is JsonValue other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Raw.Span);
        return hash.ToHashCode();
    }
}
