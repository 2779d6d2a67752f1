using System.Text;
using System.Text.Json;

namespace Playground.Events;

/// <summary>What a person pastes: one event, an array of events, or one event after the other (NDJSON among that).</summary>
internal static class EventInput
{
    public const int MaxBytes = 4 * 1024 * 1024;

    private static readonly JsonReaderOptions Lenient = new() { AllowMultipleValues = true, MaxDepth = 1000 };

    /// <summary>Reads a request's body and cuts it into events.</summary>
    public static async Task<IReadOnlyList<byte[]>> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return Split(body.ToArray());
    }

    /// <summary>
    /// The events as they stand in the input. What is no JSON is one event too, or one for each line where lines are events:
    /// the library says what is wrong with it.
    /// </summary>
    public static IReadOnlyList<byte[]> Split(byte[] input)
    {
        try
        {
            return Values(input);
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

    private static List<byte[]> Values(byte[] input)
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
            return Values(Encoding.UTF8.GetBytes(line)).Count > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
