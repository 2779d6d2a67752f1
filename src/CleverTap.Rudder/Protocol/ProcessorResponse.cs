using System.Buffers;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Writes the response to the processor: an array with one item for each record of each job, in the order of the jobs.</summary>
/// <remarks>A job that becomes no record has one item with an error. An identify call with a device token has two items.</remarks>
/// <param name="output">Receives the response.</param>
/// <param name="mapping">How events become records.</param>
internal sealed class ProcessorResponse(IBufferWriter<byte> output, MappingOptions mapping)
{
    private readonly JobDestinations destinations = new(mapping);
    private readonly JobTransformer transformer = new();

    public void Write(List<TransformJob> jobs)
    {
        output.Write("["u8);
        for (int i = 0; i < jobs.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            Write(jobs[i]);
        }

        output.Write("]"u8);
        transformer.ReturnContext();
    }

    private void Write(TransformJob job)
    {
        JsonSlice metadata = job.Metadata;
        JobDestination destination = destinations.Resolve(ref job);
        if (transformer.Transform(job.Message, destination) is { } error)
        {
            WriteError(metadata, error);
            return;
        }

        for (int i = 0; i < transformer.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            WriteRequest(destination, transformer[i], metadata);
        }
    }

    private void WriteRequest(JobDestination destination, ReadOnlySpan<byte> record, JsonSlice metadata)
    {
        output.Write("{\"output\":"u8);
        output.Write(destination.RequestHead.Span);
        output.Write(record);
        output.Write(RequestEnvelope.Tail);
        output.Write(",\"userId\":\"\"},\"metadata\":"u8);
        output.Write(JobItem.Echo(metadata));
        output.Write(",\"statusCode\":200}"u8);
    }

    private void WriteError(JsonSlice metadata, JobError error)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteVerbatim("metadata"u8, JobItem.Echo(metadata));
        JobItem.WriteError(writer, error, "processor"u8, metadata);
        writer.WriteEndObject();
    }
}
