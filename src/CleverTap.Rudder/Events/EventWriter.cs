using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>Writes an event from its index, so that a queue can keep it and <see cref="EventReader"/> reads it back.</summary>
internal static class EventWriter
{
    public static byte[] ToUtf8(in ParsedEvent index)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, index);
        }

        return stream.ToArray();
    }

    /// <summary>Writes an event that takes the place of a dead letter's.</summary>
    /// <exception cref="ArgumentException">The event is nested too deep to be read back.</exception>
    public static byte[] ToEditedUtf8(RudderEvent edited)
    {
        ArgumentNullException.ThrowIfNull(edited);
        return edited.Index.IsTooDeep
            ? throw new ArgumentException($"The event is nested deeper than {RudderEvent.MaxDepth} levels.", nameof(edited))
            : ToUtf8(edited.Index);
    }

    public static void Write(Utf8JsonWriter writer, in ParsedEvent index)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, TypeOf(index.Call));
        Member(writer, "messageId"u8, index.MessageId);
        Member(writer, "userId"u8, index.UserId);
        Member(writer, "anonymousId"u8, index.AnonymousId);
        Member(writer, "previousId"u8, index.PreviousId);
        Member(writer, "channel"u8, index.Channel);
        Member(writer, "originalTimestamp"u8, index.OriginalTimestamp);
        Member(writer, "timestamp"u8, index.Timestamp);
        Member(writer, "sentAt"u8, index.SentAt);
        Member(writer, "receivedAt"u8, index.ReceivedAt);
        Member(writer, "event"u8, index.Event);
        Member(writer, "name"u8, index.Name);
        Member(writer, "category"u8, index.Category);
        Member(writer, "traits"u8, index.Traits);
        Member(writer, "properties"u8, index.Properties);
        Member(writer, "context"u8, index.Context);
        Member(writer, "integrations"u8, index.Integrations);
        writer.WriteEndObject();
    }

    public static string TypeOf(EventType call) =>
        call switch
        {
            EventType.Identify => "identify",
            EventType.Track => "track",
            EventType.Page => "page",
            EventType.Screen => "screen",
            _ => "alias",
        };

    private static void Member(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonSlice value)
    {
        if (value.IsMissing)
        {
            return;
        }

        writer.WritePropertyName(name);
        writer.WriteRawValue(value.Span, skipInputValidation: true);
    }
}
