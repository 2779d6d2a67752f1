using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Client;

/// <summary>Reads CleverTap's responses.</summary>
/// <remarks>
/// Unknown members are skipped, and numbers may be text. A member of the wrong kind does not count as missing: if the member decides what
/// was stored, the response is <see cref="ResponseStatus.Unreadable"/>.
/// </remarks>
internal static partial class ResponseReader
{
    private static readonly FieldName Status = "status";
    private static readonly FieldName Processed = "processed";
    private static readonly FieldName Unprocessed = "unprocessed";
    private static readonly FieldName Error = "error";
    private static readonly FieldName Code = "code";

    public static CleverTapResponse Read(int httpStatus, ReadOnlyMemory<byte> body)
    {
        JsonSlice json = JsonSlice.Parse(body);
        ResponseStatus status = StatusOf(httpStatus, Text(json, Status));
        string? contradiction = RetryPolicy.IsPerRecord(status) ? Contradiction(json, status) : null;
        return new CleverTapResponse
        {
            Status = contradiction is null ? status : ResponseStatus.Unreadable,
            HttpStatus = httpStatus,
            Processed = Number(json, Processed),
            Unprocessed = UnprocessedOf(json.Member(Unprocessed.Span)),
            Code = Number(json, Code),
            Error = Text(json, Error) ?? contradiction,
        };
    }

    private static ResponseStatus StatusOf(int httpStatus, string? status) =>
        httpStatus switch
        {
            >= 300 and < 400 => ResponseStatus.BadRequest,
            401 or 403 => ResponseStatus.Unauthorized,
            408 or 429 or >= 500 => ResponseStatus.Unavailable,
            >= 400 => ResponseStatus.BadRequest,
            >= 200 and < 300 => status switch
            {
                "success" => ResponseStatus.Success,
                "partial" => ResponseStatus.Partial,
                "fail" => ResponseStatus.Fail,
                _ => ResponseStatus.Unreadable,
            },
            _ => ResponseStatus.Unreadable,
        };

    /// <summary>Returns why the response does not show what was stored, or null if it does.</summary>
    private static string? Contradiction(JsonSlice json, ResponseStatus status)
    {
        JsonSlice processed = json.Member(Processed.Span);
        if (!processed.IsNullOrMissing && Number(json, Processed) is not >= 0)
        {
            return "CleverTap's response has a processed that is not a whole number";
        }

        JsonSlice unprocessed = json.Member(Unprocessed.Span);
        if (!unprocessed.IsNullOrMissing && unprocessed.Kind != JsonValueKind.Array)
        {
            return "CleverTap's response has an unprocessed that is not an array";
        }

        return status == ResponseStatus.Partial && processed.IsNullOrMissing && !new ElementReader(unprocessed).Next()
            ? "CleverTap's response is partial and names neither accepted nor rejected records"
            : null;
    }

    private static List<UnprocessedRecord> UnprocessedOf(JsonSlice entries)
    {
        List<UnprocessedRecord> unprocessed = [];
        var elements = new ElementReader(entries);
        while (elements.Next())
        {
            JsonSlice entry = elements.Value;
            string error = Text(entry, Error) ?? "";
            unprocessed.Add(
                new UnprocessedRecord(RecordNumberOf(error), Number(entry, Code) ?? 0, error) { Echo = entry.Member("record"u8) }
            );
        }

        return unprocessed;
    }

    /// <summary>Reads the last number: a name that the text quotes may contain the same words before it.</summary>
    private static int? RecordNumberOf(string error)
    {
        Match? last = null;
        for (Match match = SkippedRecordNumber().Match(error); match.Success; match = match.NextMatch())
        {
            last = match;
        }

        return last is not null && int.TryParse(last.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
    }

    private static string? Text(JsonSlice element, FieldName name) => element.Member(name.Span).ToText();

    private static int? Number(JsonSlice element, FieldName name)
    {
        JsonSlice value = element.Member(name.Span);
        return
            value.Kind is JsonValueKind.Number or JsonValueKind.String
            && int.TryParse(value.ToText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
    }

    [GeneratedRegex(
        @"Skipped record number\s*:\s*(\d+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex SkippedRecordNumber();
}
