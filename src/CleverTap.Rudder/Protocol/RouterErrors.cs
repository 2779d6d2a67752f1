using System.Buffers;
using System.Text.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Collects the error items of one destination, because they come after its batches. Not thread-safe.</summary>
internal sealed class RouterErrors
{
    private readonly ArrayBufferWriter<byte> items = new();

    public bool IsEmpty => items.WrittenCount == 0;

    public void Add(TransformJob job, JobError error, DestinationEchoBudget echoBudget)
    {
        if (!IsEmpty)
        {
            items.Write(","u8);
        }

        using var writer = new Utf8JsonWriter(items);
        writer.WriteStartObject();
        writer.WriteStartArray("metadata"u8);
        writer.WriteRawValue(JobItem.Echo(job.Metadata), skipInputValidation: true);
        writer.WriteEndArray();
        writer.WriteBoolean("batched"u8, false);
        JobItem.WriteError(writer, error, "router"u8, job.Metadata);
        echoBudget.Write(writer, job.Destination);
        writer.WriteEndObject();
    }

    /// <summary>Writes the items to the response and clears the collection.</summary>
    public void MoveTo(IBufferWriter<byte> output)
    {
        output.Write(items.WrittenSpan);
        items.ResetWrittenCount();
    }
}
