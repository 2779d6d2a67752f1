using System.Text;
using System.Text.Json;

namespace Playground.Events;

/// <summary>Splits pasted text into events: one event, an array of events, or a sequence of events such as NDJSON.</summary>
internal static class EventInput
{
    public const int MaxBytes = 4 * 1024 * 1024;

    private static readonly JsonReaderOptions Lenient = new() { AllowMultipleValues = true, MaxDepth = 1000 };

    /// <summary>Reads the body of a request and splits it into events.</summary>
    public static async Task<IReadOnlyList<byte[]>> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return Split(body.ToArray());
    }

    /// <summary>Splits input into events without changing their text.</summary>
    /// <remarks>
    /// Input that is not JSON is also one event, or one event per line if its lines look like events: the library then reports the error.
    /// </remarks>
    public static IReadOnlyList<byte[]> Split(byte[] input)
    {
        try
        {
            return ReadValues(input);
        }
        catch (JsonException)
        {
            string[] lines = Encoding
                .UTF8.GetString(input)
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            bool areEvents = lines.Length > 1 && (IsJson(lines[0]) || lines.All(line => line[0] == '{'));
            return areEvents ? [.. lines.Select(Encoding.UTF8.GetBytes)] : [input];
        }
    }

    private static List<byte[]> ReadValues(byte[] input)
    {
        List<byte[]> values = [];
        var reader = new Utf8JsonReader(input, Lenient);
        while (reader.Read())
        {
            bool isArray = reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == 0;
            if (isArray || reader.TokenType == JsonTokenType.EndArray)
            {
                continue;
            }

            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            values.Add(input[start..(int)reader.BytesConsumed]);
        }

        return values;
    }

    private static bool IsJson(string line)
    {
        try
        {
            return ReadValues(Encoding.UTF8.GetBytes(line)).Count > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
