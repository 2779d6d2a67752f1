using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>Walks the elements of a well-formed array, each as a slice. Anything but an array has no elements.</summary>
internal ref struct ElementReader
{
    private readonly ReadOnlyMemory<byte> source;
    private Utf8JsonReader reader;

    public ElementReader(JsonValue array)
    {
        if (array.Kind != JsonValueKind.Array) return;
        source = array.Raw;
        reader = new Utf8JsonReader(source.Span, JsonValue.AnyDepth);
        reader.Read();
    }

    public JsonValue Value { get; private set; }

    public bool Next()
    {
        if (source.IsEmpty || !reader.Read() || reader.TokenType == JsonTokenType.EndArray) return false;
        Value = JsonValue.Take(source, ref reader);
        return true;
    }
}
