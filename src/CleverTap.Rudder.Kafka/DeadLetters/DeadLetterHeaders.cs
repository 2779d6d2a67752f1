using System.Globalization;
using System.Text;
using CleverTap.Rudder.Internal.Delivery;
using Confluent.Kafka;

namespace CleverTap.Rudder.Internal.Kafka.DeadLetters;

/// <summary>What a dead letter says of itself, each as text in UTF-8, beside the headers that the message had.</summary>
internal static class DeadLetterHeaders
{
    /// <summary>The longest text that is kept: CleverTap's may be of any length.</summary>
    public const int MaxTextLength = 4096;

    private const string Prefix = "clevertap-";
    private const string SettledHeader = Prefix + "settled";

    public static Headers Create(DeadLetterMessage letter, DeadLetterPart omitted)
    {
        Headers headers = omitted >= DeadLetterPart.Headers ? [] : Others(letter.Consumed?.Message.Headers);
        EventOutcome outcome = letter.Outcome;
        Add("outcome", outcome.Kind.ToString());
        Add("code", outcome.Error?.Code.ToString() ?? Number(outcome.Code));
        Add("reason", outcome.UndeliveredReason?.ToString());
        Add("text", Cut(outcome.Message));
        Add("text-length", outcome.Message?.Length > MaxTextLength ? Number(outcome.Message.Length) : null);
        Add("topic", letter.Topic);
        Add("partition", Number(letter.Consumed?.Partition.Value));
        Add("offset", Number(letter.Consumed?.Offset.Value));
        Add("value", TooLarge(DeadLetterPart.Value));
        Add("headers", TooLarge(DeadLetterPart.Headers));
        Add("key", TooLarge(DeadLetterPart.Key));
        return headers;

        string? TooLarge(DeadLetterPart part) => omitted >= part ? "too large" : null;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                headers.Add(Prefix + name, Encoding.UTF8.GetBytes(value));
            }
        }
    }

    /// <summary>What a message without a value says of letters before it in its partition: they were replayed, edited or purged.</summary>
    public static Headers CreateSettled(IEnumerable<long> offsets) =>
        new() { { SettledHeader, Encoding.UTF8.GetBytes(string.Join(',', offsets.Select(offset => Number(offset)))) } };

    /// <summary>The offsets of the letters that a message settles; null if it is a letter itself.</summary>
    public static IEnumerable<long>? ReadSettledOffsets(Headers? headers) =>
        Text(headers, "settled")
            ?.Split(',')
            .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long offset) ? offset : -1);

    /// <summary>A letter's headers for when it has a value (again).</summary>
    public static Headers CopyForEditedLetter(Headers? headers)
    {
        Headers copy = [];
        foreach (IHeader header in (headers ?? []).Where(header => header.Key != Prefix + "value"))
        {
            copy.Add(header.Key, header.GetValueBytes());
        }

        return copy;
    }

    /// <summary>The message that a letter was.</summary>
    public static Message<byte[]?, byte[]?> CreateOriginalMessage(Message<byte[]?, byte[]?> letter) =>
        new()
        {
            Key = letter.Key,
            Value = letter.Value,
            Headers = Others(letter.Headers),
        };

    /// <summary>Reads a letter. One that another program wrote has no headers of ours: it is Undelivered.</summary>
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

    /// <summary>The message's own headers. A letter that was sent back and has come here again says what became of it this time.</summary>
    private static Headers Others(Headers? headers)
    {
        Headers others = [];
        foreach (IHeader header in headers ?? [])
        {
            if (!header.Key.StartsWith(Prefix, StringComparison.Ordinal))
            {
                others.Add(header.Key, header.GetValueBytes());
            }
        }

        return others;
    }

    private static string? Cut(string? text)
    {
        if (text is null || text.Length <= MaxTextLength)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength)];
    }

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
