using System.Text.Encodings.Web;
using System.Text.Json;

namespace CleverTap.Rudder.Benchmarks.Generation;

/// <summary>Generates events as RudderStack's SDKs send them from browsers, iOS and Android devices and servers.</summary>
/// <remarks>
/// An event has 1 to 3 KB. 20 % are identify, 50 % track, 15 % page, 10 % screen and 5 % Order Completed. The same seed gives the same
/// events.
/// </remarks>
internal sealed class EventGenerator(int seed)
{
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Words words = new(new Random(seed));

    /// <summary>Writes one event as a JSON object.</summary>
    public void Write(Utf8JsonWriter json) =>
        Write(json, words.Weighted(("identify", 20), ("track", 50), ("page", 15), ("screen", 10), ("order", 5)));

    /// <summary>Writes one event of a type.</summary>
    /// <param name="json">The writer to write to.</param>
    /// <param name="type"><c>identify</c>, <c>track</c>, <c>page</c>, <c>screen</c>, <c>order</c> or <c>alias</c>.</param>
    public void Write(Utf8JsonWriter json, string type)
    {
        string device = type switch
        {
            "page" => "web",
            "screen" => words.Weighted(("ios", 1), ("android", 1)),
            _ => words.Weighted(("web", 4), ("ios", 2), ("android", 2), ("server", 2)),
        };
        var context = new ContextGenerator(words, json);
        json.WriteStartObject();
        json.WriteString("anonymousId", words.Guid());
        json.WriteString(
            "channel",
            device switch
            {
                "web" => "web",
                "server" => "server",
                _ => "mobile",
            }
        );
        context.Write(device, withTraits: device != "server");
        json.WriteStartObject("integrations");
        json.WriteBoolean("All", true);
        json.WriteEndObject();
        json.WriteString("messageId", words.Guid());
        WriteTimes(json);
        json.WriteString("request_ip", words.Address());
        json.WriteString("rudderId", words.Guid());
        json.WriteString("userId", $"user-{words.Number(100_000)}");
        WriteCall(json, type, device, context);
        json.WriteEndObject();
    }

    /// <summary>Writes events, one per line.</summary>
    /// <param name="output">The stream to write to.</param>
    /// <param name="count">The number of events.</param>
    /// <param name="type">The type of all events; null for a mixture.</param>
    public void WriteLines(Stream output, long count, string? type = null)
    {
        using var json = new Utf8JsonWriter(
            output,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }
        );
        for (long i = 0; i < count; i++)
        {
            if (type is null)
            {
                Write(json);
            }
            else
            {
                Write(json, type);
            }

            json.Flush();
            output.WriteByte((byte)'\n');
            json.Reset();
        }
    }

    private void WriteCall(Utf8JsonWriter json, string type, string device, ContextGenerator context)
    {
        json.WriteString("type", type == "order" ? "track" : type);
        switch (type)
        {
            case "identify":
                // Browsers and devices send the traits only in the context.
                if (device == "server")
                {
                    context.WriteTraits();
                }

                break;
            case "track":
                json.WriteString("event", words.Text(3));
                WriteProperties(json, 6 + words.Number(20));
                break;
            case "page" or "screen":
                string name = words.Text(2);
                json.WriteString(type == "page" ? "name" : "event", name);
                WriteProperties(json, 4 + words.Number(8), name);
                break;
            case "alias":
                json.WriteString("previousId", words.Guid());
                break;
            default:
                json.WriteString("event", "Order Completed");
                WriteOrder(json);
                break;
        }
    }

    private void WriteProperties(Utf8JsonWriter json, int count, string? view = null)
    {
        json.WriteStartObject("properties");
        if (view is not null)
        {
            json.WriteString("name", view);
        }

        for (int i = 0; i < count; i++)
        {
            string name = $"{words.Word()}_{words.Word()}{i}";
            switch (words.Number(10))
            {
                case < 4:
                    json.WriteString(name, words.Text(1 + words.Number(6)));
                    break;
                case < 6:
                    json.WriteNumber(name, words.Number(100_000));
                    break;
                case < 7:
                    json.WriteNumber(name, Math.Round(words.Number(1_000_000) / 100.0, 2));
                    break;
                case < 9:
                    json.WriteBoolean(name, words.Number(2) == 0);
                    break;
                default:
                    WriteList(json, name);
                    break;
            }
        }

        json.WriteEndObject();
    }

    private void WriteList(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        for (int i = words.Number(4); i >= 0; i--)
        {
            json.WriteStringValue(words.Word());
        }

        json.WriteEndArray();
    }

    private void WriteOrder(Utf8JsonWriter json)
    {
        json.WriteStartObject("properties");
        json.WriteString("checkout_id", words.Hex(12));
        json.WriteString("order_id", words.Hex(12));
        json.WriteNumber("revenue", Math.Round(words.Number(100_000) / 100.0, 2));
        json.WriteString("currency", "USD");
        json.WriteString("coupon", words.Word());
        json.WriteStartArray("products");
        for (int i = words.Number(5); i >= 0; i--)
        {
            json.WriteStartObject();
            json.WriteString("product_id", words.Hex(10));
            json.WriteString("name", words.Text(3));
            json.WriteNumber("price", Math.Round(words.Number(10_000) / 100.0, 2));
            json.WriteNumber("quantity", 1 + words.Number(4));
            json.WriteString("category", words.Word());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes the times of one event: an SDK sends it up to 5 seconds after it happened, and rudder-server receives it up to half a second
    /// later and computes <c>timestamp</c>.
    /// </summary>
    private void WriteTimes(Utf8JsonWriter json)
    {
        DateTime original = Start.AddMilliseconds(words.Number(int.MaxValue));
        DateTime sent = original.AddMilliseconds(words.Number(5000));
        DateTime received = sent.AddMilliseconds(words.Number(500));
        json.WriteString("originalTimestamp", TextOf(original));
        json.WriteString("receivedAt", TextOf(received));
        json.WriteString("sentAt", TextOf(sent));
        json.WriteString("timestamp", TextOf(received - (sent - original)));
    }

    private static string TextOf(DateTime time) =>
        time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
}
