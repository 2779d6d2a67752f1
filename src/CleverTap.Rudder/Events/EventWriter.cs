using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>Writes an event as JSON that <see cref="EventReader"/> can read again, for example from a queue.</summary>
internal static class EventWriter
{
    public static byte[] ToUtf8(in ParsedEvent parsed)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, parsed);
        }

        return stream.ToArray();
    }

    /// <summary>Writes an event that replaces the event of a dead letter.</summary>
    /// <exception cref="ArgumentException">The event is nested too deep to be read again.</exception>
    public static byte[] ToEditedUtf8(RudderEvent edited)
    {
        ArgumentNullException.ThrowIfNull(edited);
        return edited.Parsed.IsTooDeep
            ? throw new ArgumentException($"The event is nested deeper than {RudderEvent.MaxDepth} levels.", nameof(edited))
            : ToUtf8(edited.Parsed);
    }

    public static void Write(Utf8JsonWriter writer, in ParsedEvent parsed)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, ToTypeName(parsed.Type));
        WriteMember(writer, "messageId"u8, parsed.MessageId);
        WriteMember(writer, "userId"u8, parsed.UserId);
        WriteMember(writer, "anonymousId"u8, parsed.AnonymousId);
        WriteMember(writer, "previousId"u8, parsed.PreviousId);
        WriteMember(writer, "channel"u8, parsed.Channel);
        WriteMember(writer, "originalTimestamp"u8, parsed.OriginalTimestamp);
        WriteMember(writer, "timestamp"u8, parsed.Timestamp);
        WriteMember(writer, "sentAt"u8, parsed.SentAt);
        WriteMember(writer, "receivedAt"u8, parsed.ReceivedAt);
        WriteMember(writer, "event"u8, parsed.Event);
        WriteMember(writer, "name"u8, parsed.Name);
        WriteMember(writer, "category"u8, parsed.Category);
        WriteMember(writer, "traits"u8, parsed.Traits);
        WriteMember(writer, "properties"u8, parsed.Properties);
        WriteMember(writer, "context"u8, parsed.Context);
        WriteMember(writer, "integrations"u8, parsed.Integrations);
        writer.WriteEndObject();
    }

    public static string ToTypeName(EventType type) =>
        type switch
        {
            EventType.Identify => "identify",
            EventType.Track => "track",
            EventType.Page => "page",
            EventType.Screen => "screen",
            _ => "alias",
        };

    private static void WriteMember(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonSlice value)
    {
        if (value.IsMissing)
        {
            return;
        }

        writer.WritePropertyName(name);
        writer.WriteRawValue(value.Span, skipInputValidation: true);
    }
}
