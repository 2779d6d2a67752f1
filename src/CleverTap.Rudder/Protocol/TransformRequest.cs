using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>The body of a transform request.</summary>
/// <remarks>
/// A plain body is an array of jobs (processor) or <c>{"destType", "input": [jobs]}</c> (router). A compacted body contains each
/// destination once, in <c>destinations</c>, and a job names its destination in <c>metadata.destinationId</c>.
/// </remarks>
internal sealed class TransformRequest
{
    private readonly Dictionary<string, JsonSlice> destinations = [];

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
        catch (JsonException exception)
        {
            error = $"The body is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})";
            return null;
        }
    }

    /// <summary>Replaces invalid UTF-8 with U+FFFD, as Node does: it affects one job, and the others must still get a response.</summary>
    private static ReadOnlyMemory<byte> ReplaceInvalidUtf8(ReadOnlyMemory<byte> body) =>
        Utf8.IsValid(body.Span) ? body : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span));

    private void ReadBody(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span, JsonSlice.AnyDepth);
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                Jobs = ReadJobs(body, ref reader);
                break;
            case JsonTokenType.StartObject:
                IsObject = true;
                ReadMembers(body, ref reader);
                break;
            default:
                reader.Skip();
                break;
        }

        // The reader throws if anything but white space follows.
        while (reader.Read())
        {
            continue;
        }
    }

    private void ReadMembers(ReadOnlyMemory<byte> body, ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isInput = IsNamed(ref reader, "input"u8);
            bool isDestType = IsNamed(ref reader, "destType"u8);
            bool isDestinations = IsNamed(ref reader, "destinations"u8);
            reader.Read();
            if (isInput && reader.TokenType == JsonTokenType.StartArray)
            {
                Jobs = ReadJobs(body, ref reader);
                continue;
            }

            JsonSlice value = JsonSlice.FromReader(body, ref reader);
            if (isInput)
            {
                Jobs = null;
            }
            else if (isDestType)
            {
                DestType = value.ToText();
            }
            else if (isDestinations)
            {
                ReadDestinations(value);
            }
        }
    }

    private void ReadDestinations(JsonSlice value)
    {
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

    private static List<TransformJob> ReadJobs(ReadOnlyMemory<byte> body, ref Utf8JsonReader reader)
    {
        List<TransformJob> jobs = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                jobs.Add(ReadJob(body, ref reader));
            }
            else
            {
                // An element that is not an object is an empty job, because each element must get a response.
                reader.Skip();
                jobs.Add(default);
            }
        }

        return jobs;
    }

    private static TransformJob ReadJob(ReadOnlyMemory<byte> body, ref Utf8JsonReader reader)
    {
        JsonSlice message = default;
        JsonSlice metadata = default;
        JsonSlice destination = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isMessage = IsNamed(ref reader, "message"u8);
            bool isMetadata = IsNamed(ref reader, "metadata"u8);
            bool isDestination = IsNamed(ref reader, "destination"u8);
            reader.Read();
            JsonSlice value = JsonSlice.FromReader(body, ref reader);
            if (isMessage)
            {
                message = value;
            }
            else if (isMetadata)
            {
                metadata = value;
            }
            else if (isDestination)
            {
                destination = value;
            }
        }

        return new TransformJob(message, metadata, destination);
    }

    /// <summary>Compares the current name. The reader's own comparison throws on names that contain lone surrogates.</summary>
    private static bool IsNamed(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        (reader.ValueIsEscaped ? JsonText.Canonical(reader.ValueSpan.ToArray()).Span : reader.ValueSpan).SequenceEqual(name);
}
