using System.Buffers;
using System.Globalization;
using System.Text;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>
/// The response to the processor: an array with an item for each record of each job (two for an identify with a device token),
/// or one item with an error, in the order of the jobs.
/// </summary>
internal static class ProcessorResponse
{
    public static void Write(IBufferWriter<byte> output, List<TransformJob> jobs, MappingOptions mapping)
    {
        var destinations = new JobDestinations(mapping);
        var transform = new JobTransformer();
        output.Write("["u8);
        for (int i = 0; i < jobs.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            Write(output, jobs[i], destinations, transform);
        }

        output.Write("]"u8);
        transform.ReturnContext();
    }

    private static void Write(IBufferWriter<byte> output, TransformJob job, JobDestinations destinations, JobTransformer transform)
    {
        JsonSlice metadata = job.Metadata;
        JobDestination destination = destinations.Resolve(ref job);
        if (transform.Transform(job.Message, destination) is { } error)
        {
            Error(output, metadata, error);
            return;
        }

        for (int place = 0; place < transform.Count; place++)
        {
            if (place > 0)
            {
                output.Write(","u8);
            }

            output.Write("{\"output\":"u8);
            output.Write(destination.RequestHead.Span);
            output.Write(transform[place]);
            output.Write(RequestEnvelope.Tail);
            output.Write(",\"userId\":\"\"},\"metadata\":"u8);
            output.Write(Echo(metadata));
            output.Write(",\"statusCode\":200}"u8);
        }
    }

    private static void Error(IBufferWriter<byte> output, JsonSlice metadata, JobError error)
    {
        output.Write("{\"metadata\":"u8);
        output.Write(Echo(metadata));
        WriteError(output, error);
        output.Write(","u8);
        StatTags.Write(output, StatTags.Of(error.Category), "processor"u8, metadata);
        output.Write("}"u8);
    }

    /// <summary>Writes <c>,"statusCode":…,"error":…</c>.</summary>
    public static void WriteError(IBufferWriter<byte> output, JobError error)
    {
        output.Write(",\"statusCode\":"u8);
        output.Write(Encoding.ASCII.GetBytes(error.Status.ToString(CultureInfo.InvariantCulture)));
        output.Write(",\"error\":"u8);
        output.Write(JsonSlice.FromText(error.Message).Span);
    }

    /// <summary>What the server gave, to the letter; an empty object where it gave none, for one response of another kind voids all.</summary>
    public static ReadOnlySpan<byte> Echo(JsonSlice value) => value.Kind == System.Text.Json.JsonValueKind.Object ? value.Span : "{}"u8;
}
