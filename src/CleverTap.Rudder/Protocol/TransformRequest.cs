using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>
/// The body of a transform request. Plain: an array of jobs (processor) or <c>{"destType", "input": [jobs]}</c> (router).
/// Compacted: the destinations stand once in <c>destinations</c> and a job names its own in <c>metadata.destinationId</c>.
/// </summary>
internal sealed class TransformRequest
{
    private readonly Dictionary<string, JsonSlice> destinations = [];

    public string? DestType { get; private set; }

    /// <summary>Null where the request has no array of jobs.</summary>
    public List<TransformJob>? Jobs { get; private set; }

    /// <summary>Whether the body is an object, as the router's must be.</summary>
    public bool IsObject { get; private set; }

    /// <summary>Null where the body is not JSON; <paramref name="error"/> then says where it breaks off.</summary>
    public static TransformRequest? Read(ReadOnlyMemory<byte> body, out string error)
    {
        // What is no UTF-8 becomes U+FFFD, as in Node: it is one job's trouble, and its neighbours are answered in the same text.
        if (!Utf8.IsValid(body.Span))
        {
            body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span));
        }

        error = "";
        try
        {
            var request = new TransformRequest();
            var reader = new Utf8JsonReader(body.Span, JsonSlice.AnyDepth);
            reader.Read();
            request.IsObject = reader.TokenType == JsonTokenType.StartObject;
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                request.Jobs = JobsOf(body, ref reader);
            }
            else if (request.IsObject)
            {
                request.ReadMembers(body, ref reader);
            }
            else
            {
                reader.Skip();
            }

            while (reader.Read())
            {
                continue;
            }

            request.HandOutDestinations();
            return request;
        }
        catch (JsonException exception)
        {
            error = $"The body is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})";
            return null;
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
                Jobs = JobsOf(body, ref reader);
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

    private void HandOutDestinations()
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

    private static List<TransformJob> JobsOf(ReadOnlyMemory<byte> body, ref Utf8JsonReader reader)
    {
        List<TransformJob> jobs = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                jobs.Add(JobOf(body, ref reader));
            }
            else
            {
                // Not a job at all: nothing of it is known, and it still gets its response.
                reader.Skip();
                jobs.Add(default);
            }
        }

        return jobs;
    }

    private static TransformJob JobOf(ReadOnlyMemory<byte> body, ref Utf8JsonReader reader)
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

    /// <summary>The reader's own comparison throws on names with lone surrogates.</summary>
    private static bool IsNamed(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        (reader.ValueIsEscaped ? JsonText.Canonical(reader.ValueSpan.ToArray()).Span : reader.ValueSpan).SequenceEqual(name);
}
