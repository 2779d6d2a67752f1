using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>Detects input that wraps events: a batch, a list, or an event inside another object.</summary>
/// <remarks>The error then names the wrapper and says how to read the events in it.</remarks>
internal static class EventWrapper
{
    private const int MaxLevels = 3;
    private const int MaxNameLength = 40;
    private const string OneEvent = "one event: a JSON object with a type";
    private const string Reader = "read it with RudderEvent.ReadBatch";

    private static readonly HashSet<string> Calls = new(
        ["identify", "track", "page", "screen", "alias", "group"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The bags of an event. A <c>type</c> inside a bag is data and not the type of an event.</summary>
    private static readonly HashSet<string> Bags = ["traits", "properties", "context", "integrations"];

    /// <summary>Improves the message of an error if the input is a known wrapper. The code and the field do not change.</summary>
    public static EventError Explain(EventError error, ReadOnlyMemory<byte> json)
    {
        if (error.Code is not (EventErrorCode.TypeMissing or EventErrorCode.NotAnObject))
        {
            return error;
        }

        try
        {
            json = EventReader.SkipByteOrderMark(json);
            var value = new JsonSlice(json[JsonTokenizer.SkipWhiteSpace(json.Span, 0)..]);
            return Describe(value) is { } message ? error with { Message = message, Expected = OneEvent } : error;
        }
        catch (JsonException)
        {
            // The content of the wrapper is not JSON. The first error is still correct.
            return error;
        }
    }

    private static string? Describe(JsonSlice value) =>
        value.Kind switch
        {
            JsonValueKind.Array => $"The event is an array; {Reader}",
            JsonValueKind.String when IsJson(value) => "The event is a JSON string that contains JSON; decode the string first",
            JsonValueKind.Object => DescribeMembers(value, "", level: 1),
            _ => null,
        };

    private static string? DescribeMembers(JsonSlice wrapper, string prefix, int level)
    {
        var members = new MemberReader(wrapper);
        while (members.Next())
        {
            string name = JsonText.Decode(members.NameSpan);
            if (Bags.Contains(name))
            {
                continue;
            }

            string path = prefix + (IsPlain(name) ? name : "…");
            string? found = members.Value.Kind switch
            {
                JsonValueKind.Object => DescribeObject(members.Value, path, level),
                JsonValueKind.Array => DescribeList(members.Value, path),
                _ => null,
            };
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static string? DescribeObject(JsonSlice value, string path, int level)
    {
        if (IsCall(value))
        {
            return Wrapped(path);
        }

        string? inner = level < MaxLevels ? DescribeMembers(value, $"{path}.", level + 1) : null;
        return inner ?? (path is "message" or "body.JSON" ? Wrapped(path) : null);
    }

    private static string? DescribeList(JsonSlice value, string path)
    {
        var elements = new ElementReader(value);
        bool holdsCalls = elements.Next() && IsCall(elements.Value);
        return path switch
        {
            "batch" => $"The event is a batch of RudderStack's HTTP API (batch); {Reader}",
            "d" or "body.JSON.d" =>
                $"The event is a request to CleverTap ({path}) with records that are transformed already; send the original events",
            "events" => List(path),
            _ => holdsCalls ? List(path) : null,
        };
    }

    private static string Wrapped(string path) => $"The event is wrapped in another object ({path}); take the event out of {path}";

    private static string List(string path) => $"The event is a list of events ({path}); take the array out of {path} and {Reader}";

    private static bool IsCall(JsonSlice value) =>
        value.Member("type"u8) is { Kind: JsonValueKind.String } type && Calls.Contains(type.ToText() ?? "");

    private static bool IsJson(JsonSlice text) => text.ToText()?.TrimStart() is ['{' or '[', ..];

    /// <summary>Whether a name may appear in a message. Any other name could be personal data.</summary>
    private static bool IsPlain(string name) => name.Length is > 0 and <= MaxNameLength && name.All(char.IsAsciiLetter);
}
