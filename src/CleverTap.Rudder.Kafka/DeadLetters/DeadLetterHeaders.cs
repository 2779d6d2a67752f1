using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.DeadLetters;

/// <summary>
/// Writes and reads the headers of dead letters, which are UTF-8 texts in addition to the headers of the original message.
/// </summary>
internal static class DeadLetterHeaders
{
    /// <summary>The maximum length of the text; texts from CleverTap have no limit.</summary>
    public const int MaxTextLength = 4096;

    private const string Prefix = "clevertap-";
    private const string SettledHeader = Prefix + "settled";

    public static Headers Create(DeadLetterMessage letter, DeadLetterPart omitted)
    {
        Headers headers = omitted >= DeadLetterPart.Headers ? [] : CopyMessageHeaders(letter.Consumed?.Message.Headers);
        EventOutcome outcome = letter.Outcome;
        Add("outcome", outcome.Kind.ToString());
        Add("code", outcome.Error?.Code.ToString() ?? Format(outcome.Code));
        Add("reason", outcome.UndeliveredReason?.ToString());
        Add("text", Truncate(outcome.Message));
        Add("text-length", outcome.Message?.Length > MaxTextLength ? Format(outcome.Message.Length) : null);
        Add("topic", letter.Topic);
        Add("partition", Format(letter.Consumed?.Partition.Value));
        Add("offset", Format(letter.Consumed?.Offset.Value));
        Add("value", MarkOmitted(DeadLetterPart.Value));
        Add("headers", MarkOmitted(DeadLetterPart.Headers));
        Add("key", MarkOmitted(DeadLetterPart.Key));
        return headers;

        string? MarkOmitted(DeadLetterPart part) => omitted >= part ? "too large" : null;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                headers.Add(Prefix + name, Encoding.UTF8.GetBytes(value));
            }
        }
    }

    /// <summary>Creates the headers of a message that marks earlier letters of its partition as replayed, edited or purged.</summary>
    public static Headers CreateSettled(IEnumerable<long> offsets) =>
        new() { { SettledHeader, Encoding.UTF8.GetBytes(string.Join(',', offsets.Select(offset => Format(offset)))) } };

    /// <summary>Reads the offsets of the letters that a message settles. Returns null if the message is a letter.</summary>
    public static IEnumerable<long>? ReadSettledOffsets(Headers? headers) =>
        Text(headers, "settled")
            ?.Split(',')
            .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long offset) ? offset : -1);

    /// <summary>Copies the headers of a letter without the mark that its value was omitted.</summary>
    public static Headers CopyForEditedLetter(Headers? headers)
    {
        Headers copy = [];
        foreach (IHeader header in (headers ?? []).Where(header => header.Key != Prefix + "value"))
        {
            copy.Add(header.Key, header.GetValueBytes());
        }

        return copy;
    }

    /// <summary>Creates the original message of a letter.</summary>
    public static Message<byte[]?, byte[]?> CreateOriginalMessage(Message<byte[]?, byte[]?> letter) =>
        new()
        {
            Key = letter.Key,
            Value = letter.Value,
            Headers = CopyMessageHeaders(letter.Headers),
        };

    /// <summary>Reads a letter. A letter of another program has no such headers and is Undelivered.</summary>
    public static DeadLetter Read(ConsumeResult<byte[]?, byte[]?> letter)
    {
        Headers? headers = letter.Message.Headers;
        string? code = Text(headers, "code");
        bool isNumber = int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        RudderEvent? rudderEvent = null;
        if (letter.Message.Value is { } value)
        {
            RudderEvent.TryRead(value, out rudderEvent, out _);
        }

        return new DeadLetter
        {
            Id = new DeadLetterPosition(letter.Partition, letter.Offset).ToString(),
            At = DateTimeOffset.FromUnixTimeMilliseconds(letter.Message.Timestamp.UnixTimestampMs),
            Json = Encoding.UTF8.GetString(letter.Message.Value ?? []),
            MessageId = rudderEvent?.MessageId,
            Kind = Enum.TryParse(Text(headers, "outcome"), out OutcomeKind kind) ? kind : OutcomeKind.Undelivered,
            Code = isNumber ? number : null,
            Reason = Text(headers, "reason") ?? (isNumber ? null : code),
            Message = Text(headers, "text"),
        };
    }

    private static string? Text(Headers? headers, string name) =>
        headers is not null && headers.TryGetLastBytes(Prefix + name, out byte[] bytes) && bytes is not null
            ? Encoding.UTF8.GetString(bytes)
            : null;

    /// <summary>Copies the headers of the original message, without those of an earlier dead letter.</summary>
    private static Headers CopyMessageHeaders(Headers? headers)
    {
        Headers copy = [];
        foreach (IHeader header in headers ?? [])
        {
            if (!header.Key.StartsWith(Prefix, StringComparison.Ordinal))
            {
                copy.Add(header.Key, header.GetValueBytes());
            }
        }

        return copy;
    }

    private static string? Truncate(string? text)
    {
        if (text is null || text.Length <= MaxTextLength)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength)];
    }

    private static string? Format(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
