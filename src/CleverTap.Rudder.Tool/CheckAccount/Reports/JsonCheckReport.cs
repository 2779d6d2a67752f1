using System.Text.Json;
using CleverTap.Rudder.Tool.Output;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary>Reports one JSON object a line: the run, each claim, and the summary. None holds a credential.</summary>
internal sealed class JsonCheckReport : ICheckReport
{
    /// <summary>Enough of a body to see what was sent; a body at a limit has thousands of similar records.</summary>
    private const int MaxBodyLength = 2000;

    private readonly TextWriter output;

    public JsonCheckReport(TextWriter output, AccountCheck check, DateTimeOffset startedAt)
    {
        this.output = output;
        WriteLine(writer =>
        {
            writer.WriteString("kind", "run");
            writer.WriteString("version", typeof(CleverTapClient).Assembly.GetName().Version?.ToString(3));
            writer.WriteString("startedAt", startedAt);
            writer.WriteString("endpoint", check.Endpoint.AbsoluteUri);
            writer.WriteString("user", check.User);
            writer.WriteBoolean("allowWrites", check.AllowWrites);
        });
    }

    public void Add(ClaimResult result) =>
        WriteLine(writer =>
        {
            writer.WriteString("kind", "claim");
            writer.WriteString("id", result.Claim.Id);
            writer.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(result.Finding.Status.ToString()));
            writer.WriteString("statement", result.Claim.Statement);
            writer.WriteString("grade", JsonNamingPolicy.CamelCase.ConvertName(result.Claim.Grade.ToString()));
            writer.WriteString("source", result.Claim.Source);
            writer.WriteString("expected", result.Claim.Probe.Expected);
            writer.WriteString("actual", result.Finding.Actual);
            WriteTexts(writer, "usedIn", result.Claim.UsedIn);
            Write(writer, result.Request);
            Write(writer, result.Response?.Response);
        });

    public void Finish(CheckResults results) =>
        WriteLine(writer =>
        {
            writer.WriteString("kind", "summary");
            foreach (ClaimStatus status in Enum.GetValues<ClaimStatus>())
            {
                writer.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(status.ToString()), results.Count(status));
            }

            WriteTexts(writer, "left", results.Left.Select(claim => claim.Id));
            writer.WriteString("stopReason", results.StopReason);
            writer.WriteStartObject("noProbe");
            foreach (Unprobed rule in Unprobed.All)
            {
                writer.WriteString(rule.Rule, rule.Reason);
            }

            writer.WriteEndObject();
        });

    public void Dispose() => output.Dispose();

    private static void Write(Utf8JsonWriter writer, ProbeRequest? request)
    {
        if (request is null)
        {
            return;
        }

        writer.WriteStartObject("request");
        writer.WriteString("method", request.Method.Method);
        writer.WriteString("path", request.Path);
        writer.WriteString("contentType", request.ContentType);
        writer.WriteString("credentials", JsonNamingPolicy.CamelCase.ConvertName(request.Credentials.ToString()));
        writer.WriteString("body", request.Body?.Length > MaxBodyLength ? $"{request.Body.AsSpan(0, MaxBodyLength)}…" : request.Body);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CleverTapResponse? response)
    {
        if (response is null)
        {
            return;
        }

        writer.WriteStartObject("response");
        writer.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(response.Status.ToString()));
        WriteNumber(writer, "httpStatus", response.HttpStatus);
        WriteNumber(writer, "processed", response.Processed);
        WriteNumber(writer, "code", response.Code);
        writer.WriteString("error", response.Error);
        writer.WriteStartArray("unprocessed");
        foreach (UnprocessedRecord record in response.Unprocessed)
        {
            writer.WriteStartObject();
            WriteNumber(writer, "recordNumber", record.RecordNumber);
            writer.WriteNumber("code", record.Code);
            writer.WriteString("error", record.Error);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, int? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private void WriteLine(Action<Utf8JsonWriter> members)
    {
        output.WriteLine(JsonText.Write(members));
        output.Flush();
    }
}
