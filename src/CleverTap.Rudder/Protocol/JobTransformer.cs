using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Transforms the events of jobs, one at a time, and holds the records of the last. Not thread-safe.</summary>
internal sealed class JobTransformer
{
    private readonly MappingContext run = MappingContext.Rent();

    public int Count => run.Records.Records.Length;

    /// <summary>The JSON of one record of the last event.</summary>
    public ReadOnlySpan<byte> this[int place]
    {
        get
        {
            RecordWriter.Written record = run.Records.Records[place];
            return run.Records.Bytes.Slice(record.Start, record.Length);
        }
    }

    /// <summary>Null where the event became records.</summary>
    public JobError? Transform(JsonSlice message, JobDestination destination)
    {
        FilterReason? filtered = null;
        EventError? error =
            message.Kind == System.Text.Json.JsonValueKind.Object
                ? destination.Transformer.Transform(message.Raw, run, out filtered)
                : EventError.NotAnObject;

        // What is no call at all is so for any destination; for the rest a destination is needed.
        if (
            destination.Error is { } useless
            && error?.Code is not (EventErrorCode.NotAnObject or EventErrorCode.TypeMissing or EventErrorCode.TypeNotSupported)
        )
        {
            return useless;
        }

        return error is not null ? JobError.From(error)
            : filtered is { } reason ? JobError.From(reason)
            : null;
    }

    public void ReturnContext() => run.Return();
}
