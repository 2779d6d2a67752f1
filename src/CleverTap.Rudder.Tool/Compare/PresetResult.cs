using System.Buffers;
using System.Text.Json;
using CleverTap.Rudder.Tool.Input;
using CleverTap.Rudder.Tool.Transform;

namespace CleverTap.Rudder.Tool.Compare;

/// <summary>Transforms events with one mapping, and keeps the result of the last event.</summary>
internal sealed class PresetResult(MappingOptions mapping)
{
    private readonly Transformers transformers = new(mapping);
    private readonly ArrayBufferWriter<byte> records = new();

    /// <summary>Gets why the event is not mapped; null if it is mapped.</summary>
    public string? Reason { get; private set; }

    /// <summary>Gets the JSON array of the records.</summary>
    public ReadOnlyMemory<byte> Records => records.WrittenMemory;

    public void Transform(in InputLine line)
    {
        records.ResetWrittenCount();
        records.Write("["u8);
        Utf8TransformResult result = transformers.For(line.Config).Transform(line.Event, records);
        records.Write("]"u8);
        Reason = result.Error is { } error ? $"invalid: {error.Code}" : null;
        Reason ??= result.FilterReason is { } filter ? $"filtered: {filter}" : null;
    }

    /// <summary>Parses the records. They are valid until the next event is transformed.</summary>
    public JsonDocument ParseRecords() => JsonDocument.Parse(records.WrittenMemory);
}
