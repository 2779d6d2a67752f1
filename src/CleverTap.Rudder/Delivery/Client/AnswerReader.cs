using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace CleverTap.Rudder;

/// <summary>Reads CleverTap's answers, leniently: unknown fields are passed over, numbers may be text.</summary>
internal static partial class AnswerReader
{
    private static readonly FieldName Status = "status";
    private static readonly FieldName Processed = "processed";
    private static readonly FieldName Unprocessed = "unprocessed";
    private static readonly FieldName Error = "error";
    private static readonly FieldName Code = "code";

    public static CleverTapAnswer Read(int httpStatus, ReadOnlyMemory<byte> body)
    {
        JsonValue answer = Parse(body);
        return new CleverTapAnswer
        {
            Status = StatusOf(httpStatus, Text(answer, Status)),
            HttpStatus = httpStatus,
            Processed = Number(answer, Processed),
            Unprocessed = UnprocessedOf(answer.Member(Unprocessed.Bytes.Span)),
            Code = Number(answer, Code),
            Error = Text(answer, Error),
        };
    }

    private static AnswerStatus StatusOf(int httpStatus, string? status) => httpStatus switch
    {
        >= 300 and < 400 => AnswerStatus.BadRequest,
        401 or 403 => AnswerStatus.Unauthorized,
        408 or 429 or >= 500 => AnswerStatus.Unavailable,
        >= 400 => AnswerStatus.BadRequest,
        >= 200 and < 300 => status switch
        {
            "success" => AnswerStatus.Success,
            "partial" => AnswerStatus.Partial,
            "fail" => AnswerStatus.Fail,
            _ => AnswerStatus.Unreadable,
        },
        _ => AnswerStatus.Unreadable,
    };

    /// <summary>Missing where the body is not one JSON value in UTF-8.</summary>
    private static JsonValue Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith("\uFEFF"u8)) body = body[3..];
        if (!Utf8.IsValid(body.Span)) return default;
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            if (!reader.Read()) return default;
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            var value = new JsonValue(body[start..(int)reader.BytesConsumed]);
            return reader.Read() ? default : value;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static List<UnprocessedRecord> UnprocessedOf(JsonValue entries)
    {
        List<UnprocessedRecord> unprocessed = [];
        if (entries.Kind != JsonValueKind.Array) return unprocessed;
        var reader = new Utf8JsonReader(entries.Raw.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            var entry = new JsonValue(entries.Raw[start..(int)reader.BytesConsumed]);
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

    private static string? Text(JsonValue element, FieldName name) => element.Member(name.Bytes.Span).ToText();

    private static int? Number(JsonValue element, FieldName name) =>
        int.TryParse(Text(element, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    [GeneratedRegex(@"Skipped record number\s*:\s*(\d+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SkippedRecordNumber();
}
