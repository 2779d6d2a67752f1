using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Playground.Events;

/// <summary>An event as indented lines, one per value, each with its path.</summary>
/// <remarks>
/// Names and values keep their spelling: no number is rounded and no escape is decoded. The lines can be joined to the event again, also
/// with one line changed or removed.
/// </remarks>
internal sealed class EventLines
{
    /// <summary>The maximum number of lines that the page shows and that have paths: a browser is slow with more.</summary>
    public const int MaxShown = 2000;

    /// <summary>
    /// Longer paths are truncated: in an event of deeply nested long names, all paths would be hundreds of times its size.
    /// </summary>
    private const int MaxPathLength = 1000;

    private const string TruncationMark = "…";

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    private readonly List<EventLine> lines = [];

    private EventLines() { }

    public IReadOnlyList<EventLine> All => lines;

    /// <summary>Parses an event. Input that is not JSON becomes lines of text without paths.</summary>
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

    /// <summary>Whether a comma follows a line.</summary>
    public bool HasComma(int line) =>
        lines[line].Kind is EventLineKind.Leaf or EventLineKind.Close
        && line + 1 < lines.Count
        && lines[line + 1].Kind != EventLineKind.Close;

    /// <summary>Joins the lines to JSON, with another value on one line, or without that line if the value is null.</summary>
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

    /// <summary>Gets the raw name of a member, without its quotes: a name with an unpaired surrogate cannot be decoded.</summary>
    public static string GetRawName(JsonProperty member) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));

    private void Add(JsonElement value, int depth, string name, string path)
    {
        if (IsLeaf(value))
        {
            lines.Add(new EventLine(depth, name, GetLeafText(value), path, EventLineKind.Leaf));
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            lines.Add(new EventLine(depth, name, "{", path, EventLineKind.Open));
            AddMembers(value, depth + 1, path);
            lines.Add(new EventLine(depth, "", "}", path, EventLineKind.Close));
        }
        else
        {
            lines.Add(new EventLine(depth, name, "[", path, EventLineKind.Open));
            AddElements(value, depth + 1, path);
            lines.Add(new EventLine(depth, "", "]", path, EventLineKind.Close));
        }
    }

    private void AddMembers(JsonElement container, int depth, string path)
    {
        foreach (JsonProperty member in container.EnumerateObject())
        {
            string name = GetRawName(member);
            string memberPath = CanExtend(path, name.Length) ? JoinPath(path, name) : Truncate(path);
            Add(member.Value, depth, $"\"{name}\"", memberPath);
        }
    }

    private void AddElements(JsonElement container, int depth, string path)
    {
        int index = 0;
        foreach (JsonElement element in container.EnumerateArray())
        {
            string elementPath = CanExtend(path, 0) ? $"{path}[{index}]" : Truncate(path);
            Add(element, depth, "", elementPath);
            index++;
        }
    }

    private static bool IsLeaf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => !value.EnumerateObject().Any(),
            JsonValueKind.Array => value.GetArrayLength() == 0,
            _ => true,
        };

    private static string GetLeafText(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "{}",
            JsonValueKind.Array => "[]",
            _ => value.GetRawText(),
        };

    private bool CanExtend(string path, int length) => lines.Count < MaxShown && path.Length + length <= MaxPathLength;

    private string Truncate(string path)
    {
        if (lines.Count >= MaxShown)
        {
            return "";
        }

        return path.EndsWith(TruncationMark, StringComparison.Ordinal) ? path : path + TruncationMark;
    }

    /// <summary>Appends the name of a member to the path of its object.</summary>
    public static string JoinPath(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
