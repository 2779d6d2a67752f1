using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>The body of a transform request.</summary>
/// <remarks>
/// <para>
/// A plain body is an array of jobs (processor) or <c>{"destType", "input": [jobs]}</c> (router). A compacted body contains each
/// destination once, in <c>destinations</c>, and a job names its destination in <c>metadata.destinationId</c>.
/// </para>
/// <para>
/// Messages, most of the body, are skipped by their brackets: the transformer checks each of them, so that a message that is not JSON is
/// the error of its job. Metadata and destinations, which are echoed, are checked here.
/// </para>
/// </remarks>
internal sealed class TransformRequest
{
    private readonly Dictionary<string, JsonSlice> destinations = [];
    private JsonSlice checkedDestination;

    public string? DestType { get; private set; }

    /// <summary>The jobs; null if the request has no array of jobs.</summary>
    public List<TransformJob>? Jobs { get; private set; }

    /// <summary>Whether the body is an object, which the router requires.</summary>
    public bool IsObject { get; private set; }

    /// <summary>Reads a request. Returns null if the body is not JSON; <paramref name="error"/> then contains the position.</summary>
    public static TransformRequest? Read(ReadOnlyMemory<byte> body, out string error)
    {
        try
        {
            var request = new TransformRequest();
            request.ReadBody(ReplaceInvalidUtf8(body));
            request.AssignDestinations();
            error = "";
            return request;
        }
        catch (JsonException)
        {
            error = $"The body is not valid JSON{FindPosition(body.Span)}";
            return null;
        }
    }

    /// <summary>Replaces invalid UTF-8 with U+FFFD, as Node does: it affects one job, and the others must still get a response.</summary>
    private static ReadOnlyMemory<byte> ReplaceInvalidUtf8(ReadOnlyMemory<byte> body) =>
        Utf8.IsValid(body.Span) ? body : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span));

    /// <summary>Returns the position of the error in parentheses; empty if only its brackets are wrong.</summary>
    private static string FindPosition(ReadOnlySpan<byte> body)
    {
        try
        {
            Check(body);
            return "";
        }
        catch (JsonException exception)
        {
            return $" (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})";
        }
    }

    private void ReadBody(ReadOnlyMemory<byte> body)
    {
        int start = JsonTokenizer.SkipWhiteSpace(body.Span, 0);
        var value = new JsonSlice(body[start..]);
        int end;
        switch (value.Kind)
        {
            case JsonValueKind.Array:
                Jobs = ReadJobs(value, out end);
                break;
            case JsonValueKind.Object:
                IsObject = true;
                end = ReadMembers(value);
                break;
            default:
                end = JsonTokenizer.EndOfValue(value.Span, 0, out _, out _);
                break;
        }

        if (JsonTokenizer.SkipWhiteSpace(value.Span, end) != value.Span.Length)
        {
            JsonTokenizer.Fail();
        }
    }

    /// <summary>Reads the members of a router body. Returns the position after it.</summary>
    private int ReadMembers(JsonSlice body)
    {
        var members = new MemberReader(body);
        while (members.NextInPlace())
        {
            JsonSlice text = members.Rest;
            if (members.NameSpan.SequenceEqual("input"u8) && text.Kind == JsonValueKind.Array)
            {
                Jobs = ReadJobs(text, out int length);
                members.Skip(length);
                continue;
            }

            int end = JsonTokenizer.EndOfValue(text.Span, 0, out _, out _);
            ReadMember(members.NameSpan, new JsonSlice(text.Raw[..end]));
            members.Skip(end);
        }

        return members.End;
    }

    private void ReadMember(ReadOnlySpan<byte> name, JsonSlice value)
    {
        if (name.SequenceEqual("input"u8))
        {
            Jobs = null;
        }
        else if (name.SequenceEqual("destType"u8))
        {
            DestType = value.ToText();
        }
        else if (name.SequenceEqual("destinations"u8))
        {
            ReadDestinations(value);
        }
    }

    private void ReadDestinations(JsonSlice value)
    {
        Check(value.Span);
        var members = new MemberReader(value);
        while (members.Next())
        {
            destinations[JsonText.Decode(members.NameSpan)] = members.Value;
        }
    }

    /// <summary>Gives each job of a compacted request its destination.</summary>
    private void AssignDestinations()
    {
        if (destinations.Count == 0 || Jobs is null)
        {
            return;
        }

        for (int i = 0; i < Jobs.Count; i++)
        {
            if (!Jobs[i].Destination.IsMissing)
            {
                continue;
            }

            if (Jobs[i].Metadata.Member("destinationId"u8).ToText() is { } id && destinations.TryGetValue(id, out JsonSlice destination))
            {
                Jobs[i] = Jobs[i] with { Destination = destination };
            }
        }
    }

    private List<TransformJob> ReadJobs(JsonSlice array, out int end)
    {
        List<TransformJob> jobs = [];
        var elements = new ElementReader(array);
        while (elements.NextInPlace())
        {
            jobs.Add(ReadJob(elements.Value, out int length));
            elements.Skip(length);
        }

        end = elements.End;
        return jobs;
    }

    /// <summary>Reads a job at the beginning of a text. To find its end first would read each message once more.</summary>
    private TransformJob ReadJob(JsonSlice text, out int length)
    {
        if (text.Kind != JsonValueKind.Object)
        {
            // An element that is not an object is an empty job, because each element must get a response.
            length = JsonTokenizer.EndOfValue(text.Span, 0, out _, out _);
            return default;
        }

        JsonSlice message = default;
        JsonSlice metadata = default;
        JsonSlice destination = default;
        var members = new MemberReader(text);
        while (members.Next())
        {
            if (members.NameSpan.SequenceEqual("message"u8))
            {
                message = members.Value;
            }
            else if (members.NameSpan.SequenceEqual("metadata"u8))
            {
                metadata = members.Value;
                Check(metadata.Span);
            }
            else if (members.NameSpan.SequenceEqual("destination"u8))
            {
                destination = members.Value;
                CheckDestination(destination);
            }
        }

        length = members.End;
        return new TransformJob(message, metadata, destination);
    }

    /// <summary>Checks a destination. Consecutive jobs nearly always have the same destination, byte by byte.</summary>
    private void CheckDestination(JsonSlice destination)
    {
        if (!destination.Equals(checkedDestination))
        {
            Check(destination.Span);
            checkedDestination = destination;
        }
    }

    /// <summary>Throws a JsonException if a text is not one JSON value.</summary>
    private static void Check(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, JsonSlice.AnyDepth);
        while (reader.Read())
        {
            continue;
        }
    }
}
