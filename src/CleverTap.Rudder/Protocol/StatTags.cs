using System.Buffers;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>The labels with which rudder-server counts failures: texts only, or it rejects the whole response.</summary>
internal static class StatTags
{
    /// <summary>Writes <c>"statTags":{…}</c>.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="what">The category and type of the failure, members of the object.</param>
    /// <param name="feature">processor, router or dataDelivery.</param>
    /// <param name="metadata">The job's; its destination and workspace are named.</param>
    /// <param name="unknownId">What stands for an id that the metadata lack; left out where empty.</param>
    public static void Write(
        IBufferWriter<byte> output,
        ReadOnlySpan<byte> what,
        ReadOnlySpan<byte> feature,
        JsonSlice metadata,
        string unknownId = ""
    )
    {
        output.Write("\"statTags\":{"u8);
        output.Write(what);
        output.Write(",\"destType\":\"CLEVERTAP\",\"module\":\"destination\",\"implementation\":\"native\",\"feature\":\""u8);
        output.Write(feature);
        output.Write("\""u8);
        Id(output, "destinationId"u8, metadata, unknownId);
        Id(output, "workspaceId"u8, metadata, unknownId);
        output.Write("}"u8);
    }

    /// <summary>The members that say what is to blame.</summary>
    public static ReadOnlySpan<byte> Of(ErrorCategory category) =>
        category switch
        {
            ErrorCategory.Instrumentation => "\"errorCategory\":\"dataValidation\",\"errorType\":\"instrumentation\""u8,
            ErrorCategory.Configuration => "\"errorCategory\":\"dataValidation\",\"errorType\":\"configuration\""u8,
            _ => "\"errorCategory\":\"transformation\""u8,
        };

    private static void Id(IBufferWriter<byte> output, ReadOnlySpan<byte> name, JsonSlice metadata, string unknownId)
    {
        string id = metadata.Member(name).ToText() ?? unknownId;
        if (id.Length == 0)
        {
            return;
        }

        output.Write(",\""u8);
        output.Write(name);
        output.Write("\":"u8);
        output.Write(JsonSlice.FromText(id).Span);
    }
}
