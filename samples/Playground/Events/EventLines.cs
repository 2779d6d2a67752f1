using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Playground.Events;

/// <summary>
/// An event as indented lines, one for each value, each with its path. Names and values stay as they were spelled: no number
/// is rounded, no escape undone. The lines joined are the event again, also with one of them changed or left out.
/// </summary>
internal sealed class EventLines
{
    /// <summary>More lines than a person reads; a browser takes long to show them. Only these have paths of their own.</summary>
    public const int MaxShown = 2000;

    /// <summary>A longer path is cut: in an event of deeply nested long names, all paths together would be hundreds of times its size.</summary>
    private const int MaxPathLength = 1000;

    private const string CutMark = "…";

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    private readonly List<EventLine> lines = [];

    private EventLines() { }

    public IReadOnlyList<EventLine> All => lines;

    /// <summary>The lines of an event. Input that is not JSON has the lines of its text, without paths.</summary>
    public static EventLines Parse(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Deep);
            var read = new EventLines();
            read.Add(document.RootElement, 0, "", "");
            return read;
        }
        catch (JsonException)
        {
            var text = new EventLines();
            text.lines.AddRange(
                Encoding.UTF8.GetString(json).Split('\n').Select(line => new EventLine(0, "", line.TrimEnd('\r'), "", EventLineKind.Text))
            );
            return text;
        }
    }

    /// <summary>Whether a comma stands behind a line.</summary>
    public bool HasComma(int line) =>
        lines[line].Kind is EventLineKind.Leaf or EventLineKind.Close
        && line + 1 < lines.Count
        && lines[line + 1].Kind != EventLineKind.Close;

    /// <summary>The event with another value on one line, or without that line where there is none.</summary>
    public byte[] ToJson(int changed, string? value)
    {
        var json = new StringBuilder();
        bool needsComma = false;
        for (int i = 0; i < lines.Count; i++)
        {
            if (i == changed && value is null)
            {
                continue;
            }

            EventLine line = lines[i];
            if (needsComma && line.Kind != EventLineKind.Close)
            {
                json.Append(',');
            }

            if (line.Name.Length > 0)
            {
                json.Append(line.Name).Append(':');
            }

            json.Append(i == changed ? value : line.Value);
            needsComma = line.Kind != EventLineKind.Open;
        }

        return Encoding.UTF8.GetBytes(json.ToString());
    }

    /// <summary>A member's name as it was spelled, without its quotes: names that hold half a character cannot be decoded.</summary>
    public static string GetRawName(JsonProperty member) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));

    private void Add(JsonElement value, int depth, string name, string path)
    {
        bool isObject = value.ValueKind == JsonValueKind.Object;
        bool isEmpty = isObject ? !value.EnumerateObject().Any() : value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0;
        if (isEmpty)
        {
            lines.Add(
                new EventLine(
                    depth,
                    name,
                    isObject ? "{}"
                        : value.ValueKind == JsonValueKind.Array ? "[]"
                        : value.GetRawText(),
                    path,
                    EventLineKind.Leaf
                )
            );
            return;
        }

        lines.Add(new EventLine(depth, name, isObject ? "{" : "[", path, EventLineKind.Open));
        if (isObject)
        {
            foreach (JsonProperty member in value.EnumerateObject())
            {
                string memberName = GetRawName(member);
                Add(member.Value, depth + 1, $"\"{memberName}\"", HasRoom(path, memberName.Length) ? JoinPath(path, memberName) : Cut(path));
            }
        }
        else
        {
            int index = 0;
            foreach (JsonElement element in value.EnumerateArray())
            {
                Add(element, depth + 1, "", HasRoom(path, 0) ? $"{path}[{index}]" : Cut(path));
                index++;
            }
        }

        lines.Add(new EventLine(depth, "", isObject ? "}" : "]", path, EventLineKind.Close));
    }

    private bool HasRoom(string path, int more) => lines.Count < MaxShown && path.Length + more <= MaxPathLength;

    private string Cut(string path)
    {
        if (lines.Count >= MaxShown)
        {
            return "";
        }

        return path.EndsWith(CutMark, StringComparison.Ordinal) ? path : path + CutMark;
    }

    /// <summary>The path of a member of an object at a path.</summary>
    public static string JoinPath(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
