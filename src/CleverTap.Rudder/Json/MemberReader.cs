using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>Walks the members of a well-formed object, nested values as slices. Anything but an object has no members.</summary>
internal ref struct MemberReader
{
    private readonly ReadOnlyMemory<byte> source;
    private Utf8JsonReader reader;

    public MemberReader(JsonValue bag)
    {
        if (bag.Kind != JsonValueKind.Object) return;
        source = bag.Raw;
        reader = new Utf8JsonReader(source.Span, JsonValue.AnyDepth);
        reader.Read();
    }

    /// <summary>The member's name in canonical spelling.</summary>
    public ReadOnlyMemory<byte> Name { get; private set; }

    public JsonValue Value { get; private set; }

    public bool Next()
    {
        if (source.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName) return false;

        Name = source.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        if (reader.ValueIsEscaped) Name = JsonText.Canonical(Name);
        reader.Read();
        Value = JsonValue.Take(source, ref reader);
        return true;
    }
}
