using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>Reads the events of a body: a batch of RudderStack's HTTP API, an array, or one event.</summary>
/// <remarks>The end of each element is found before the element is read, so an invalid element does not affect the others.</remarks>
internal static class BatchReader
{
    private const string Events = "an array of events";

    /// <summary>Reads the events of a body.</summary>
    /// <param name="body">The body. The events keep slices of it, so it must not change afterwards.</param>
    /// <param name="type">The type of a single event without a <c>type</c>; null if such an event is invalid.</param>
    /// <param name="maxElements">The number of elements after which the reader stops.</param>
    public static IReadOnlyList<BatchElement> Read(ReadOnlyMemory<byte> body, string? type = null, int maxElements = int.MaxValue)
    {
        body = EventReader.SkipByteOrderMark(body);
        try
        {
            int start = JsonTokenizer.SkipWhiteSpace(body.Span, 0);
            switch (JsonTokenizer.At(body.Span, start))
            {
                case (byte)'[' when IsWhole(body.Span, start):
                    return ReadElements(new JsonSlice(body[start..]), sentAt: default, maxElements);
                case (byte)'{' when FindBatch(body, start, out JsonSlice sentAt) is { IsMissing: false } batch:
                    return batch.Kind == JsonValueKind.Array
                        ? ReadElements(batch, sentAt, maxElements)
                        : [new BatchElement(0, EventError.WrongKind("batch", Events))];
            }
        }
        catch (JsonException)
        {
            // The body as a whole is not JSON. Reading it as one event reports the position of the error.
        }

        return [ReadOne(0, body, sentAt: default, type)];
    }

    /// <summary>Whether an array ends where the body does.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> body, int start) =>
        JsonBlockScanner.FindEnd(body, start, out _) is >= 0 and var end && JsonTokenizer.SkipWhiteSpace(body, end) == body.Length;

    /// <summary>The batch of an HTTP API body; missing if the body is an event or anything else.</summary>
    private static JsonSlice FindBatch(ReadOnlyMemory<byte> body, int start, out JsonSlice sentAt)
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
        int position = JsonTokenizer.SkipWhiteSpace(json, 1);
        if (JsonTokenizer.At(json, position) == ']')
        {
            return elements;
        }

        while (true)
        {
            int end = EndOfElement(json, position);
            elements.Add(ReadOne(elements.Count, array.Raw[position..end], sentAt));
            if (elements.Count == maxElements || JsonTokenizer.At(json, end) != ',')
            {
                return elements;
            }

            position = JsonTokenizer.SkipWhiteSpace(json, end + 1);
        }
    }

    private static BatchElement ReadOne(int index, ReadOnlyMemory<byte> json, JsonSlice sentAt, string? type = null)
    {
        if (EventReader.ReadWhole(json, out ParsedEvent parsed) is { } error)
        {
            if (error.Code == EventErrorCode.TypeMissing && type is not null)
            {
                return ReadOne(index, WithType(json.Span, type), sentAt);
            }

            return new BatchElement(index, EventWrapper.Explain(error, json));
        }

        if (!parsed.SentAt.IsPresent && !sentAt.IsMissing)
        {
            parsed.SentAt = sentAt;
        }

        return new BatchElement(index, RudderEvent.Create(parsed));
    }

    /// <summary>Adds a type as the last member of an object, where it takes precedence over a <c>type</c> of null.</summary>
    private static byte[] WithType(ReadOnlySpan<byte> json, string type)
    {
        ReadOnlySpan<byte> members = json[..json.LastIndexOf((byte)'}')].TrimEnd(" \t\r\n"u8);
        string comma = members[^1] == '{' ? "" : ",";
        return [.. members, .. Encoding.UTF8.GetBytes($"{comma}\"type\":\"{type}\"}}")];
    }

    /// <summary>The position of the comma or bracket after an element, which may be invalid.</summary>
    private static int EndOfElement(ReadOnlySpan<byte> json, int position)
    {
        while (position < json.Length)
        {
            switch (json[position])
            {
                case (byte)',' or (byte)']':
                    return position;
                case (byte)'{' or (byte)'[':
                    int end = JsonBlockScanner.FindEnd(json, position, out _);
                    position = end < 0 ? json.Length : end;
                    break;
                case (byte)'"':
                    position = EndOfText(json, position + 1);
                    break;
                default:
                    position++;
                    break;
            }
        }

        return json.Length;
    }

    /// <summary>The position after the closing quote. The text may be invalid; reading the element reports it.</summary>
    private static int EndOfText(ReadOnlySpan<byte> json, int position)
    {
        while (position < json.Length && json[position] != '"')
        {
            position += json[position] == '\\' ? 2 : 1;
        }

        return Math.Min(position + 1, json.Length);
    }
}
