using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>
/// Reads the events of a body: a batch of RudderStack's HTTP API, an array, or one event. Each element is cut out before it is
/// read, so that what is wrong inside one of them has no bearing on the others.
/// </summary>
internal static class BatchReader
{
    private const string Events = "an array of events";

    /// <param name="body">The body, which is the events' own from now on.</param>
    /// <param name="type">The type of a single event that says none; null if it must say it.</param>
    /// <param name="maxElements">The number of elements after which the reader stops.</param>
    public static IReadOnlyList<BatchElement> Read(ReadOnlyMemory<byte> body, string? type = null, int maxElements = int.MaxValue)
    {
        body = EventReader.WithoutMark(body);
        try
        {
            int start = JsonTokenizer.SkipWhiteSpace(body.Span, 0);
            switch (JsonTokenizer.At(body.Span, start))
            {
                case (byte)'[' when IsWhole(body.Span, start):
                    return ReadElements(new JsonSlice(body[start..]), sentAt: default, maxElements);
                case (byte)'{' when BatchOf(body, start, out JsonSlice sentAt) is { IsMissing: false } batch:
                    return batch.Kind == JsonValueKind.Array
                        ? ReadElements(batch, sentAt, maxElements)
                        : [new BatchElement(0, EventError.WrongKind("batch", Events))];
            }
        }
        catch (JsonException)
        {
            // The body is no JSON as a whole. What follows says where it breaks off.
        }

        return [ReadOne(0, body, sentAt: default, type)];
    }

    /// <summary>Whether an array ends where the body does.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> body, int start) =>
        JsonBlockScanner.EndOf(body, start, out _) is >= 0 and var end && JsonTokenizer.SkipWhiteSpace(body, end) == body.Length;

    /// <summary>The batch of an HTTP API body; missing if the body is an event itself, or anything else.</summary>
    private static JsonSlice BatchOf(ReadOnlyMemory<byte> body, int start, out JsonSlice sentAt)
    {
        JsonSlice batch = default;
        JsonSlice type = default;
        sentAt = default;
        var members = new MemberReader(new JsonSlice(body[start..]));
        while (members.Next())
        {
            if (members.NameSpan.SequenceEqual("batch"u8))
            {
                batch = members.Value;
            }
            else if (members.NameSpan.SequenceEqual("type"u8))
            {
                type = members.Value;
            }
            else if (members.NameSpan.SequenceEqual("sentAt"u8))
            {
                sentAt = members.Value;
            }
        }

        if (sentAt.Kind != JsonValueKind.String)
        {
            sentAt = default;
        }

        bool isBatch = !type.IsTruthy && JsonTokenizer.SkipWhiteSpace(body.Span, start + members.End) == body.Length;
        return isBatch ? batch : default;
    }

    private static List<BatchElement> ReadElements(JsonSlice array, JsonSlice sentAt, int maxElements)
    {
        List<BatchElement> elements = [];
        ReadOnlySpan<byte> json = array.Span;
        int at = JsonTokenizer.SkipWhiteSpace(json, 1);
        if (JsonTokenizer.At(json, at) == ']')
        {
            return elements;
        }

        while (true)
        {
            int end = EndOfElement(json, at);
            elements.Add(ReadOne(elements.Count, array.Raw[at..end], sentAt));
            if (elements.Count == maxElements || JsonTokenizer.At(json, end) != ',')
            {
                return elements;
            }

            at = JsonTokenizer.SkipWhiteSpace(json, end + 1);
        }
    }

    private static BatchElement ReadOne(int index, ReadOnlyMemory<byte> json, JsonSlice sentAt, string? type = null)
    {
        if (EventReader.ReadWhole(json, out ParsedEvent found) is { } error)
        {
            if (error.Code == EventErrorCode.TypeMissing && type is not null)
            {
                return ReadOne(index, WithType(json.Span, type), sentAt);
            }

            return new BatchElement(index, EventWrapper.Explain(error, json));
        }

        if (!found.SentAt.IsPresent && !sentAt.IsMissing)
        {
            found.SentAt = sentAt;
        }

        return new BatchElement(index, RudderEvent.Create(found));
    }

    /// <summary>A whole object with one more member, the last, so that it counts where there is a <c>type</c> of null.</summary>
    private static byte[] WithType(ReadOnlySpan<byte> json, string type)
    {
        ReadOnlySpan<byte> members = json[..json.LastIndexOf((byte)'}')].TrimEnd(" \t\r\n"u8);
        string comma = members[^1] == '{' ? "" : ",";
        return [.. members, .. Encoding.UTF8.GetBytes($"{comma}\"type\":\"{type}\"}}")];
    }

    /// <summary>The index of the comma or bracket behind an element, whatever the element is.</summary>
    private static int EndOfElement(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length)
        {
            switch (json[at])
            {
                case (byte)',' or (byte)']':
                    return at;
                case (byte)'{' or (byte)'[':
                    int end = JsonBlockScanner.EndOf(json, at, out _);
                    at = end < 0 ? json.Length : end;
                    break;
                case (byte)'"':
                    at = EndOfText(json, at + 1);
                    break;
                default:
                    at++;
                    break;
            }
        }

        return json.Length;
    }

    /// <summary>The index behind the closing quote. The text may hold anything: it is for its element to be wrong.</summary>
    private static int EndOfText(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] != '"')
        {
            at += json[at] == '\\' ? 2 : 1;
        }

        return Math.Min(at + 1, json.Length);
    }
}
