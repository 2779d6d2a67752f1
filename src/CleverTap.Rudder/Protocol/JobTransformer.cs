using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Transforms the events of jobs one at a time and holds the records of the last event. Not thread-safe.</summary>
internal sealed class JobTransformer
{
    private readonly MappingContext context = MappingContext.Rent();

    /// <summary>The number of records of the last event.</summary>
    public int Count => context.Records.Records.Length;

    /// <summary>The JSON of one record of the last event.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            RecordWriter.Written record = context.Records.Records[index];
            return context.Records.Bytes.Slice(record.Start, record.Length);
        }
    }

    /// <summary>Transforms an event. Returns null if the event became records.</summary>
    public JobError? Transform(JsonSlice message, JobDestination destination)
    {
        FilterReason? filterReason = null;
        EventError? error =
            message.Kind == JsonValueKind.Object
                ? destination.Transformer.Transform(message.Raw, context, out filterReason)
                : EventError.NotAnObject;

        if (destination.Error is { } destinationError && !IsErrorOfAnyDestination(error))
        {
            return destinationError;
        }

        if (error is not null)
        {
            return JobError.From(error);
        }

        return filterReason is { } reason ? JobError.From(reason) : null;
    }

    /// <summary>Returns the shared context to its pool. Call it once, after the last event.</summary>
    public void ReturnContext() => context.Return();

    /// <summary>A message that is not a supported call is an error whatever the destination is.</summary>
    private static bool IsErrorOfAnyDestination(EventError? error) =>
        error?.Code is EventErrorCode.NotAnObject or EventErrorCode.TypeMissing or EventErrorCode.TypeNotSupported;
}
