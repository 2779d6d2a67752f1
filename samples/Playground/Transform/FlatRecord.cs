using System.Runtime.InteropServices;
using System.Text.Json;
using Playground.Events;

namespace Playground.Transform;

/// <summary>Flattens a record into fields with full paths, up to a maximum size.</summary>
/// <remarks>
/// The paths of deeply nested long names can be hundreds of times as large as the record. An object or array beyond the maximum stays one
/// field.
/// </remarks>
internal sealed class FlatRecord
{
    private const long MaxCharacters = 4 * 1024 * 1024;

    private readonly OrderedDictionary<string, string> fields = [];
    private long remaining = MaxCharacters;

    public FlatRecord(JsonElement record) => Flatten(record, "");

    public IReadOnlyDictionary<string, string> Fields => fields;

    /// <summary>The number of objects and arrays that were not flattened.</summary>
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
        else if (!TryReserve(value, count, path))
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

    /// <summary>Reserves the cost of flattening a value: its path once for each member, and the members.</summary>
    private bool TryReserve(JsonElement value, int count, string path)
    {
        long cost = ((long)count * path.Length) + JsonMarshal.GetRawUtf8Value(value).Length;
        if (cost > remaining)
        {
            return false;
        }

        remaining -= cost;
        return true;
    }
}
