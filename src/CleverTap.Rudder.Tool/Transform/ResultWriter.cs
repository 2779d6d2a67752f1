using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CleverTap.Rudder.Tool.Input;

namespace CleverTap.Rudder.Tool.Transform;

/// <summary>Writes what an event becomes as one line of JSON, with the records as the bytes that would be uploaded.</summary>
internal sealed class ResultWriter(Transformers transformers) : IDisposable
{
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> lines = new();
    private readonly ArrayBufferWriter<byte> records = new();
    private readonly Utf8JsonWriter json = new(Stream.Null, Compact);

    /// <summary>The lines that were written since the last <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => lines.WrittenMemory;

    public void Clear() => lines.ResetWrittenCount();

    public void Write(InputLine line)
    {
        records.ResetWrittenCount();
        records.Write("["u8);
        CleverTapTransformer transformer = transformers.For(line.Config);
        Utf8TransformResult result = line.Error is null ? transformer.Transform(line.Event, records) : default;
        records.Write("]"u8);
        EventError? error = line.Error ?? result.Error;
        FilterReason? filterReason = error is null ? result.FilterReason : transformer.Options.FilterReasonFor(error);

        json.Reset(lines);
        json.WriteStartObject();
        json.WriteNumber("index"u8, line.Index);
        json.WriteNumber("line"u8, line.Line);
        json.WriteString(
            "status"u8,
            filterReason is not null ? "filtered"u8
                : error is not null ? "invalid"u8
                : "mapped"u8
        );
        if (filterReason is { } reason)
        {
            json.WriteString("reason"u8, reason.ToString());
        }

        json.WritePropertyName("records"u8);
        json.WriteRawValue(records.WrittenSpan, skipInputValidation: true);
        json.WriteStartArray("warnings"u8);
        foreach (CleverTapWarning warning in result.Warnings ?? [])
        {
            Write(warning);
        }

        json.WriteEndArray();
        if (error is not null && filterReason is null)
        {
            Write(error);
        }

        json.WriteEndObject();
        json.Flush();
        lines.Write("\n"u8);
    }

    public void Dispose() => json.Dispose();

    private void Write(CleverTapWarning warning)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, warning.Code.ToString());
        json.WriteString("field"u8, warning.Field);
        json.WriteString("message"u8, warning.Message);
        if (warning.CleverTapCode is { } code)
        {
            json.WriteNumber("cleverTapCode"u8, code);
        }

        json.WriteEndObject();
    }

    private void Write(EventError error)
    {
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, error.Code.ToString());
        json.WriteString("message"u8, error.Message);
        json.WriteString("field"u8, error.Field);
        json.WriteString("expected"u8, error.Expected);
        json.WriteEndObject();
    }
}
