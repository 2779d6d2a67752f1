using System.Buffers;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Tool.Output;

namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>Reports for programs: one line of JSON for each outcome, and the summary as JSON on standard error.</summary>
internal sealed class JsonDeliveryReport : IDeliveryReport
{
    private const int FlushBytes = 64 * 1024;

    private readonly Stream output = StandardOutput.Open();
    private readonly ArrayBufferWriter<byte> lines = new();
    private readonly Utf8JsonWriter json = new(Stream.Null, JsonText.Options);

    public void Start() { }

    public void Add(LineOutcome outcome)
    {
        json.Reset(lines);
        Write(outcome);
        json.Flush();
        lines.Write("\n"u8);
        if (lines.WrittenCount >= FlushBytes)
        {
            Flush();
        }
    }

    public void Finish(DeliverySummary summary)
    {
        Flush();
        json.Reset(lines);
        Write(summary);
        json.Flush();
        Console.Error.WriteLine(Encoding.UTF8.GetString(lines.WrittenSpan));
        lines.ResetWrittenCount();
    }

    public void Flush()
    {
        output.Write(lines.WrittenSpan);
        lines.ResetWrittenCount();
    }

    public void Dispose()
    {
        json.Dispose();
        output.Dispose();
    }

    private void Write(LineOutcome line)
    {
        EventOutcome outcome = line.Outcome;
        json.WriteStartObject();
        WriteNumber("index", line.Index);
        WriteNumber("line", line.Line);
        json.WriteString("messageId", outcome.MessageId ?? line.Event?.MessageId);
        json.WriteString("kind", outcome.Kind.ToString());
        WriteNumber("code", outcome.Code);
        json.WriteString("reason", ReasonOf(outcome));
        json.WriteString("message", outcome.Message);
        WriteOmittedFields(outcome.OmittedFields);
        WriteWarnings(outcome.Warnings);
        json.WriteEndObject();
    }

    private void Write(DeliverySummary summary)
    {
        json.WriteStartObject();
        json.WriteNumber("events", summary.Outcomes.Total);
        foreach (OutcomeKind kind in Enum.GetValues<OutcomeKind>())
        {
            json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()), summary.Outcomes[kind]);
        }

        json.WriteNumber("seconds", Math.Round(summary.Elapsed.TotalSeconds, 3));
        if (summary.Delivery.LastLine is { } line)
        {
            json.WriteNumber("stoppedAfterLine", line);
        }

        if (summary.Delivery.Outbox is { } outbox)
        {
            json.WriteString("outbox", outbox);
        }

        if (summary.Delivery.Fault is { } fault)
        {
            json.WriteString("fault", fault);
        }

        json.WriteEndObject();
    }

    private void WriteNumber(string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private void WriteOmittedFields(IReadOnlyList<OmittedField> fields)
    {
        if (fields.Count == 0)
        {
            return;
        }

        json.WriteStartArray("omittedFields");
        foreach (OmittedField field in fields)
        {
            json.WriteStringValue(field.Field);
        }

        json.WriteEndArray();
    }

    private void WriteWarnings(IReadOnlyList<CleverTapWarning> warnings)
    {
        if (warnings.Count == 0)
        {
            return;
        }

        json.WriteStartArray("warnings");
        foreach (CleverTapWarning warning in warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code.ToString());
            json.WriteString("field", warning.Field);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string? ReasonOf(EventOutcome outcome) =>
        outcome.FilterReason?.ToString() ?? outcome.Error?.Code.ToString() ?? outcome.UndeliveredReason?.ToString();
}
