using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace CleverTap.Rudder;

/// <summary>What a dead letter says of itself, each as text in UTF-8, beside the headers that the message had.</summary>
internal static class DeadLetterHeaders
{
    private const string Prefix = "clevertap-";

    public static Headers Of(ConsumeResult<byte[]?, byte[]?> consumed, EventOutcome outcome, bool isValueLeftOut)
    {
        Headers headers = [];

        // A letter that was sent back and has come here again says what became of it this time.
        foreach (IHeader header in consumed.Message.Headers ?? [])
        {
            if (!header.Key.StartsWith(Prefix, StringComparison.Ordinal)) headers.Add(header.Key, header.GetValueBytes());
        }

        Add("outcome", outcome.Kind.ToString());
        Add("code", outcome.Error?.Code.ToString() ?? outcome.Code?.ToString(CultureInfo.InvariantCulture));
        Add("reason", outcome.UndeliveredReason?.ToString());
        Add("text", outcome.Message);
        Add("topic", consumed.Topic);
        Add("partition", consumed.Partition.Value.ToString(CultureInfo.InvariantCulture));
        Add("offset", consumed.Offset.Value.ToString(CultureInfo.InvariantCulture));
        if (isValueLeftOut) Add("value", "too large");
        return headers;

        void Add(string name, string? value)
        {
            if (value is not null) headers.Add(Prefix + name, Encoding.UTF8.GetBytes(value));
        }
    }
}
