using System.Buffers;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Writes the responses of the proxy.</summary>
/// <remarks>Version 0 has one status for all jobs, the HTTP status. Version 1 responds with HTTP 200 and one status for each job.</remarks>
internal static class ProxyResponse
{
    /// <summary>Writes a response of version 0.</summary>
    /// <returns>The HTTP status.</returns>
    public static int WriteV0(IBufferWriter<byte> output, ProxyResult result, JsonSlice response, ProxyRequest request)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteStartObject("output"u8);
        writer.WriteNumber("status"u8, result.Status);
        writer.WriteText("message"u8, result.Message);
        writer.WriteStartObject("destinationResponse"u8);
        writer.WriteVerbatim("response"u8, response.Span);
        writer.WriteNumber("status"u8, result.HttpStatus);
        writer.WriteEndObject();
        WriteTags(writer, result, request);
        writer.WriteEndObject();
        writer.WriteEndObject();
        return result.Status switch
        {
            >= 200 and < 300 => 200,
            404 => 400,
            _ => result.Status,
        };
    }

    /// <summary>Writes a response of version 1.</summary>
    /// <returns>The HTTP status, which is always 200.</returns>
    public static int WriteV1(IBufferWriter<byte> output, ProxyResult result, JsonSlice response, ProxyRequest request)
    {
        var wholeResponse = new ProxyJobResult(result.Status, Encoding.UTF8.GetString(response.Span));
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteStartObject("output"u8);
        writer.WriteStartArray("response"u8);
        for (int i = 0; i < request.Jobs.Count; i++)
        {
            WriteJob(writer, result.Jobs?[i] ?? wholeResponse, request.Jobs[i]);
        }

        writer.WriteEndArray();
        WriteTags(writer, result, request);
        writer.WriteText("message"u8, result.Message);
        writer.WriteNumber("status"u8, result.Status);
        writer.WriteEndObject();
        writer.WriteEndObject();
        return 200;
    }

    private static void WriteJob(Utf8JsonWriter writer, ProxyJobResult job, JsonSlice metadata)
    {
        writer.WriteStartObject();
        writer.WriteText("error"u8, job.Response);
        writer.WriteNumber("statusCode"u8, job.Status);
        writer.WriteVerbatim("metadata"u8, JobItem.Echo(metadata));
        writer.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter writer, ProxyResult result, ProxyRequest request)
    {
        if (result.ErrorType is { } errorType)
        {
            StatTags.WriteDelivery(writer, errorType, request.Jobs.Count > 0 ? request.Jobs[0] : default);
        }
    }
}
