using System.Buffers;
using System.Text.Json;
using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Writes the request to CleverTap in the form in which rudder-server receives it.</summary>
/// <remarks>
/// It consists of address, headers and the <c>d</c> array of the body. The head before the records depends on the destination; the tail
/// after them is always the same.
/// </remarks>
internal static class RequestEnvelope
{
    /// <summary>The text after the records, before the members that the processor and the router add.</summary>
    public static ReadOnlySpan<byte> Tail => """]},"JSON_ARRAY":{},"XML":{},"FORM":{}},"files":{}"""u8;

    /// <summary>Creates the text before the records, which ends with the opening bracket of <c>d</c>.</summary>
    public static ReadOnlyMemory<byte> CreateHead(RudderDestinationConfig settings)
    {
        var head = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(head))
        {
            writer.WriteStartObject();
            writer.WriteString("version"u8, "1"u8);
            writer.WriteString("type"u8, "REST"u8);
            writer.WriteString("method"u8, "POST"u8);
            writer.WriteText("endpoint"u8, new Uri(CleverTapEndpoint.FromRegion(settings.Region), "1/upload").AbsoluteUri);
            writer.WriteStartObject("headers"u8);
            WriteHeader(writer, "X-CleverTap-Account-Id"u8, settings.AccountId);
            WriteHeader(writer, "X-CleverTap-Passcode"u8, settings.Passcode);
            writer.WriteString("Content-Type"u8, "application/json"u8);
            writer.WriteEndObject();
            writer.WriteStartObject("params"u8);
            writer.WriteEndObject();
            writer.WriteStartObject("body"u8);
            writer.WriteStartObject("JSON"u8);
            writer.WriteStartArray("d"u8);
        }

        return head.WrittenMemory;
    }

    /// <summary>Writes a header as text, because rudder-server accepts nothing else; omits it if the setting is missing.</summary>
    private static void WriteHeader(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteText(name, value);
        }
    }
}
