using System.Runtime.InteropServices;
using System.Text.Json;
using Playground.Events;

namespace Playground.Transform;

/// <summary>
/// Takes a record apart into its fields, up to a size: each field has its whole path, so that the fields of deeply nested long names
/// would together be hundreds of times as large as the record. What goes beyond stays one field.
/// </summary>
internal sealed class FlatRecord
{
    private const long MaxCharacters = 4 * 1024 * 1024;

    private readonly OrderedDictionary<string, string> fields = [];
    private long left = MaxCharacters;

    public FlatRecord(JsonElement record) => Flatten(record, "");

    public IReadOnlyDictionary<string, string> Fields => fields;

    /// <summary>How many objects and arrays were not taken apart.</summary>
    public int KeptWhole { get; private set; }

    private void Flatten(JsonElement value, string path)
    {
        int count = value.ValueKind switch
        {
            JsonValueKind.Object => value.GetPropertyCount(),
            JsonValueKind.Array => value.GetArrayLength(),
            _ => 0,
        };
        if (count == 0)
        {
            fields[path] = value.GetRawText();
        }
        else if (!TryTake(value, count, path))
        {
            KeptWhole++;
            fields[path] = value.GetRawText();
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in value.EnumerateObject())
            {
                Flatten(member.Value, EventLines.JoinPath(path, EventLines.GetRawName(member)));
            }
        }
        else
        {
            int index = 0;
            foreach (JsonElement element in value.EnumerateArray())
            {
                Flatten(element, $"{path}[{index}]");
                index++;
            }
        }
    }

    /// <summary>Reckons with what taking the value apart may cost: the path to it once for each part, and the parts themselves.</summary>
    private bool TryTake(JsonElement value, int count, string path)
    {
        long cost = ((long)count * path.Length) + JsonMarshal.GetRawUtf8Value(value).Length;
        if (cost > left)
        {
            return false;
        }

        left -= cost;
        return true;
    }
}
