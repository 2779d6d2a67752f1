using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>The parts that the items of a processor and of a router response have in common.</summary>
internal static class JobItem
{
    /// <summary>Returns an object of the request unchanged, or an empty object if the request has none.</summary>
    /// <remarks>rudder-server discards a whole response if one of these members is not an object.</remarks>
    public static ReadOnlySpan<byte> Echo(JsonSlice value) => value.Kind == JsonValueKind.Object ? value.Span : "{}"u8;

    /// <summary>Writes the members <c>statusCode</c>, <c>error</c> and <c>statTags</c> of an error.</summary>
    public static void WriteError(Utf8JsonWriter writer, JobError error, ReadOnlySpan<byte> feature, JsonSlice metadata)
    {
        writer.WriteNumber("statusCode"u8, error.Status);
        writer.WriteText("error"u8, error.Message);
        StatTags.Write(writer, error.Category, feature, metadata);
    }
}
