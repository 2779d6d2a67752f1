using System.Globalization;
using System.Text.RegularExpressions;

namespace CleverTap.Rudder;

/// <summary>Reads CleverTap's answers, leniently: unknown fields are passed over, numbers may be text.</summary>
internal static partial class ResponseReader
{
    private static readonly FieldName Status = "status";
    private static readonly FieldName Processed = "processed";
    private static readonly FieldName Unprocessed = "unprocessed";
    private static readonly FieldName Error = "error";
    private static readonly FieldName Code = "code";

    public static CleverTapResponse Read(int httpStatus, ReadOnlyMemory<byte> body)
    {
        JsonValue answer = JsonValue.Parse(body);
        return new CleverTapResponse
        {
            Status = StatusOf(httpStatus, Text(answer, Status)),
            HttpStatus = httpStatus,
            Processed = Number(answer, Processed),
            Unprocessed = UnprocessedOf(answer.Member(Unprocessed.Span)),
            Code = Number(answer, Code),
            Error = Text(answer, Error),
        };
    }

    private static ResponseStatus StatusOf(int httpStatus, string? status) => httpStatus switch
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

    private static List<UnprocessedRecord> UnprocessedOf(JsonValue entries)
    {
        List<UnprocessedRecord> unprocessed = [];
        var elements = new ElementReader(entries);
        while (elements.Next())
        {
            JsonValue entry = elements.Value;
            string error = Text(entry, Error) ?? "";
            Match number = SkippedRecordNumber().Match(error);
            unprocessed.Add(new UnprocessedRecord(
                number.Success && int.TryParse(number.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int place) ? place : null,
                Number(entry, Code) ?? 0,
                error)
            {
                Echo = entry.Member("record"u8),
            });
        }

        return unprocessed;
    }

    private static string? Text(JsonValue element, FieldName name) => element.Member(name.Span).ToText();

    private static int? Number(JsonValue element, FieldName name) =>
        int.TryParse(Text(element, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    [GeneratedRegex(@"Skipped record number\s*:\s*(\d+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SkippedRecordNumber();
}
