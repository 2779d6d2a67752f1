using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Writes <c>statTags</c>, the labels with which rudder-server counts failures.</summary>
/// <remarks>Each label is text; rudder-server rejects a whole response that contains any other value.</remarks>
internal static class StatTags
{
    /// <summary>The label of an id that the metadata do not contain. The spelling is the protocol's.</summary>
    private const string UnknownId = "Non-determininable";

    /// <summary>Writes the labels of a job that could not be transformed.</summary>
    /// <param name="writer">Receives the member.</param>
    /// <param name="category">The cause of the error.</param>
    /// <param name="feature"><c>processor</c> or <c>router</c>.</param>
    /// <param name="metadata">The metadata of the job, which contain the ids of its destination and workspace.</param>
    public static void Write(Utf8JsonWriter writer, ErrorCategory category, ReadOnlySpan<byte> feature, JsonSlice metadata)
    {
        writer.WriteStartObject("statTags"u8);
        switch (category)
        {
            case ErrorCategory.Instrumentation:
                writer.WriteString("errorCategory"u8, "dataValidation"u8);
                writer.WriteString("errorType"u8, "instrumentation"u8);
                break;
            case ErrorCategory.Configuration:
                writer.WriteString("errorCategory"u8, "dataValidation"u8);
                writer.WriteString("errorType"u8, "configuration"u8);
                break;
            default:
                writer.WriteString("errorCategory"u8, "transformation"u8);
                break;
        }

        WriteOrigin(writer, feature, metadata, defaultId: null);
        writer.WriteEndObject();
    }

    /// <summary>Writes the labels of a request that could not be delivered.</summary>
    /// <param name="writer">Receives the member.</param>
    /// <param name="errorType"><c>aborted</c>, <c>throttled</c> or <c>retryable</c>.</param>
    /// <param name="metadata">The metadata of the first job.</param>
    public static void WriteDelivery(Utf8JsonWriter writer, string errorType, JsonSlice metadata)
    {
        writer.WriteStartObject("statTags"u8);
        writer.WriteString("errorCategory"u8, "network"u8);
        writer.WriteString("errorType"u8, errorType);
        WriteOrigin(writer, "dataDelivery"u8, metadata, UnknownId);
        writer.WriteEndObject();
    }

    private static void WriteOrigin(Utf8JsonWriter writer, ReadOnlySpan<byte> feature, JsonSlice metadata, string? defaultId)
    {
        writer.WriteString("destType"u8, "CLEVERTAP"u8);
        writer.WriteString("module"u8, "destination"u8);
        writer.WriteString("implementation"u8, "native"u8);
        writer.WriteString("feature"u8, feature);
        WriteId(writer, "destinationId"u8, metadata, defaultId);
        WriteId(writer, "workspaceId"u8, metadata, defaultId);
    }

    private static void WriteId(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonSlice metadata, string? defaultId)
    {
        if ((metadata.Member(name).ToText() ?? defaultId) is { Length: > 0 } id)
        {
            writer.WriteText(name, id);
        }
    }
}
