using System.Buffers;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>
/// The response to the router: for each destination its batches of up to 1000 records, then its errors. A job's records are
/// never split over batches, and every job is in exactly one item.
/// </summary>
/// <param name="output">Where the response goes.</param>
/// <param name="mapping">How events become records.</param>
/// <param name="requestBytes">The size of the request, which bounds how often its destinations are repeated.</param>
internal sealed class RouterResponse(IBufferWriter<byte> output, MappingOptions mapping, int requestBytes)
{
    private static readonly JobError TooManyDestinations = new(
        400,
        "The destinations of the response are too large for one request; ask for fewer jobs, or make the Config smaller",
        ErrorCategory.Configuration
    );

    private readonly DestinationEchoBudget echoes = new(requestBytes);
    private readonly JobTransformer transform = new();
    private readonly List<JsonSlice> ready = [];
    private readonly ArrayBufferWriter<byte> metadata = new();
    private readonly ArrayBufferWriter<byte> errors = new();
    private bool anyItem;
    private int recordsInBatch;

    public static void WriteInvalidInput(IBufferWriter<byte> output) =>
        output.Write(
            """{"output":[{"metadata":[{"destType":"clevertap"}],"batched":false,"statusCode":400,"error":"Invalid event array"}]}"""u8
        );

    public void Write(List<TransformJob> jobs)
    {
        output.Write("{\"output\":["u8);
        foreach (Group group in GroupsOf(jobs))
        {
            Write(group);
        }

        output.Write("]}"u8);
        transform.ReturnContext();
    }

    /// <summary>Jobs by destination and settings, in the order of first appearance.</summary>
    private List<Group> GroupsOf(List<TransformJob> jobs)
    {
        List<Group> groups = [];
        Dictionary<(JsonSlice, JsonSlice), Group> byKey = [];
        var destinations = new JobDestinations(mapping);
        Group? group = null;
        foreach (TransformJob given in jobs)
        {
            TransformJob job = given;
            JobDestination destination = destinations.Resolve(ref job);
            if (group?.Destination != destination && !byKey.TryGetValue(destination.Key, out group))
            {
                group = new Group(destination, given.Destination, []);
                groups.Add(group);
                byKey.Add(destination.Key, group);
            }

            group!.Jobs.Add(job);
        }

        return groups;
    }

    private void Write(Group group)
    {
        errors.ResetWrittenCount();
        foreach (TransformJob job in group.Jobs)
        {
            bool isReady = PretransformedJob.IsPretransformed(job);
            JobError? error =
                !isReady ? transform.Transform(job.Message, group.Destination)
                : group.Destination.Error is { } useless ? useless
                : PretransformedJob.ReadRecords(job, ready);
            if (error is { } failed)
            {
                Error(job, failed);
                continue;
            }

            if (!TryMakeRoom(group, isReady ? ready.Count : transform.Count))
            {
                Error(job, TooManyDestinations);
                continue;
            }

            if (isReady)
            {
                foreach (JsonSlice record in ready)
                {
                    Record(record.Span);
                }
            }
            else
            {
                for (int place = 0; place < transform.Count; place++)
                {
                    Record(transform[place]);
                }
            }

            if (metadata.WrittenCount > 0)
            {
                metadata.Write(","u8);
            }

            metadata.Write(ProcessorResponse.Echo(job.Metadata));
        }

        CloseBatch(group);
        if (errors.WrittenCount == 0)
        {
            return;
        }

        output.Write(anyItem ? errors.WrittenSpan : errors.WrittenSpan[1..]);
        anyItem = true;
    }

    /// <summary>
    /// Begins a batch if there is none, or if the current one has no room for all records of a job. False if the response has no room for
    /// another destination.
    /// </summary>
    private bool TryMakeRoom(Group group, int records)
    {
        if (recordsInBatch > 0 && recordsInBatch + records > CleverTapRules.RecordsPerUpload)
        {
            CloseBatch(group);
        }

        if (recordsInBatch > 0)
        {
            return true;
        }

        if (!echoes.TryReserve(group.Echo))
        {
            return false;
        }

        if (anyItem)
        {
            output.Write(","u8);
        }

        anyItem = true;
        output.Write("{\"batchedRequest\":"u8);
        output.Write(group.Destination.RequestHead.Span);
        return true;
    }

    private void Record(ReadOnlySpan<byte> record)
    {
        if (recordsInBatch++ > 0)
        {
            output.Write(","u8);
        }

        output.Write(record);
    }

    private void CloseBatch(Group group)
    {
        if (recordsInBatch == 0)
        {
            return;
        }

        output.Write(RequestEnvelope.Tail);
        output.Write(",\"batched\":true},\"metadata\":["u8);
        output.Write(metadata.WrittenSpan);
        output.Write("],\"batched\":false,\"statusCode\":200,\"destination\":"u8);
        output.Write(ProcessorResponse.Echo(group.Echo));
        output.Write("}"u8);
        recordsInBatch = 0;
        metadata.ResetWrittenCount();
    }

    /// <summary>Errors come after all batches of their destination.</summary>
    private void Error(TransformJob job, JobError error)
    {
        errors.Write(",{\"metadata\":["u8);
        errors.Write(ProcessorResponse.Echo(job.Metadata));
        errors.Write("],\"batched\":false"u8);
        ProcessorResponse.WriteError(errors, error);
        errors.Write(","u8);
        StatTags.Write(errors, StatTags.Of(error.Category), "router"u8, job.Metadata);
        errors.Write(",\"destination\":"u8);
        echoes.Write(errors, job.Destination);
        errors.Write("}"u8);
    }

    /// <param name="Destination">What its jobs have in common.</param>
    /// <param name="Echo">The destination as the first job has it.</param>
    /// <param name="Jobs">In the order of the request, the values of templates taken out.</param>
    private sealed record Group(JobDestination Destination, JsonSlice Echo, List<TransformJob> Jobs);
}
