using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CleverTap.Rudder;

/// <summary>Reads CleverTap's answer to an upload, leniently: unknown fields are passed over, numbers may be text.</summary>
internal static partial class UploadAnswer
{
    public static UploadResult Read(int httpStatus, ReadOnlyMemory<byte> body)
    {
        JsonElement answer = Parse(body);
        UploadResult result = new()
        {
            Status = StatusOf(httpStatus, Text(answer, "status")),
            HttpStatus = httpStatus,
            Processed = Number(answer, "processed") ?? 0,
            Unprocessed = UnprocessedOf(answer),
            Error = Text(answer, "error"),
        };
        return result;
    }

    private static UploadStatus StatusOf(int httpStatus, string? status) => httpStatus switch
    {
        401 or 403 => UploadStatus.Unauthorized,
        408 or 429 or >= 500 => UploadStatus.Unavailable,
        >= 400 => UploadStatus.BadRequest,
        >= 200 and < 300 => status switch
        {
            "success" => UploadStatus.Success,
            "partial" => UploadStatus.Partial,
            "fail" => UploadStatus.Fail,
            _ => UploadStatus.Unreadable,
        },
        _ => UploadStatus.Unreadable,
    };

    private static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static List<UnprocessedRecord> UnprocessedOf(JsonElement answer)
    {
        List<UnprocessedRecord> unprocessed = [];
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("unprocessed", out JsonElement entries) || entries.ValueKind != JsonValueKind.Array) return unprocessed;
        foreach (JsonElement entry in entries.EnumerateArray())
        {
            string error = Text(entry, "error") ?? "";
            Match number = SkippedRecordNumber().Match(error);
            unprocessed.Add(new UnprocessedRecord(
                number.Success && int.TryParse(number.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int place) ? place : null,
                Number(entry, "code") ?? 0,
                error));
        }

        return unprocessed;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            ? new JsonValue(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value).ToArray()).ToText()
            : null;

    private static int? Number(JsonElement element, string name) =>
        int.TryParse(Text(element, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    [GeneratedRegex(@"Skipped record number\s*:\s*(\d+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SkippedRecordNumber();
}
