using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace CleverTap.Rudder;

/// <summary>What a dead letter says of itself, each as text in UTF-8, beside the headers that the message had.</summary>
internal static class DeadLetterHeaders
{
    /// <summary>The longest text that is kept: CleverTap's may be of any length.</summary>
    public const int MaxTextLength = 4096;

    private const string Prefix = "clevertap-";

    public static Headers Create(DeadLetter letter, DeadLetterPart omitted)
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
