using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CleverTap.Rudder.Internal.Testing.Storage;
using CleverTap.Rudder.Internal.Testing.Stored;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Writes the bodies of the responses to reads, in the form of CleverTap's docs and its node client. Pure.</summary>
internal static class ReadResponseBody
{
    public static ReadOnlyMemory<byte> WriteCursor(string cursor) => Write(writer => writer.WriteString("cursor"u8, cursor));

    public static ReadOnlyMemory<byte> WriteProfile(ProfileSnapshot profile) =>
        Write(writer =>
        {
            writer.WritePropertyName("record"u8);
            ProfileJson.Write(writer, profile, includesEvents: true, includesAttributes: true);
        });

    public static ReadOnlyMemory<byte> WriteProfiles(ReadPage page) =>
        WritePage(page, (writer, record) => Write(writer, record.Profile, page));

    public static ReadOnlyMemory<byte> WriteEvents(ReadPage page) =>
        WritePage(
            page,
            (writer, record) =>
            {
                writer.WriteStartObject();
                writer.WritePropertyName("profile"u8);
                Write(writer, record.Profile, page);
                writer.WriteNumber("ts"u8, FormatTime(record.Event.OccurredAt));
                writer.WritePropertyName("event_props"u8);
                writer.WriteRawValue(record.Event.Data.Span, skipInputValidation: true);
                writer.WriteEndObject();
            }
        );

    private static ReadOnlyMemory<byte> WritePage(ReadPage page, Action<Utf8JsonWriter, EventWithProfile> write) =>
        Write(writer =>
        {
            if (page.NextCursor is not null)
            {
                writer.WriteString("next_cursor"u8, page.NextCursor);
            }

            writer.WriteStartArray("records"u8);
            foreach (EventWithProfile record in page.Records)
            {
                write(writer, record);
            }

            writer.WriteEndArray();
        });

    private static void Write(Utf8JsonWriter writer, ProfileSnapshot profile, ReadPage page) =>
        ProfileJson.Write(writer, profile, page.Query.IncludesEvents, page.Query.IncludesAttributes);

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> writeMembers)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, "success"u8);
            writeMembers(writer);
            writer.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    /// <summary>Returns a time as CleverTap writes it: the number <c>yyyyMMddHHmmss</c>, in the account's time zone.</summary>
    private static long FormatTime(long seconds)
    {
        string digits = DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return long.Parse(digits, CultureInfo.InvariantCulture);
    }
}
