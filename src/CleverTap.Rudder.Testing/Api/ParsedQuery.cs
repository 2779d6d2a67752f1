using System.Globalization;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Testing.Storage;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>The query of the first request of a read, or else its error. Pure.</summary>
/// <remarks>
/// The query is the body of a POST. CleverTap's node client sends it as the parameter <c>query</c> of a GET instead. Days are days of the
/// account's time zone, which is UTC in the emulator.
/// </remarks>
internal readonly record struct ParsedQuery(ReadQuery? Query, string Error = "")
{
    private const int DefaultBatchSize = 500;
    private const int MaxBatchSize = 5000;
    private const long SecondsPerDay = 24 * 60 * 60;

    private static readonly HashSet<string> Members = new(StringComparer.Ordinal) { "event_name", "from", "to", "batch_size" };

    public static ParsedQuery Parse(EmulatorRequest request)
    {
        JsonSlice json = request.Method == "GET" ? ReadParameter(request) : JsonBody.Read(request);
        if (json.Kind != JsonValueKind.Object)
        {
            return new(null, "Malformed request");
        }

        if (FindUnsupported(json) is { } name)
        {
            return new(null, $"The emulator does not support {name} in a query");
        }

        JsonSlice eventName = json.Member("event_name"u8);
        if (eventName is not { Kind: JsonValueKind.String, IsPresent: true })
        {
            return new(null, "Invalid event name");
        }

        if (ReadDay(json.Member("from"u8)) is not { } from || ReadDay(json.Member("to"u8)) is not { } to)
        {
            return new(null, "Invalid date: from and to are days such as 20260131");
        }

        if (from > to)
        {
            return new(null, "Invalid date range: from is greater than to");
        }

        if (ReadBatchSize(request.Query("batch_size") ?? json.Member("batch_size"u8).ToText()) is not { } batchSize)
        {
            return new(null, $"Invalid batch_size: it is a number from 1 to {MaxBatchSize}");
        }

        var filter = new EventFilter(eventName.ToText()!, from, to + SecondsPerDay - 1);
        return new(new ReadQuery(filter, batchSize, request.Query("events") != "false", request.Query("profile") != "false"));
    }

    private static JsonSlice ReadParameter(EmulatorRequest request) =>
        request.Query("query") is { } query ? JsonSlice.Parse(Encoding.UTF8.GetBytes(query)) : default;

    /// <summary>Finds a member that would restrict the result in a way that the emulator cannot.</summary>
    private static string? FindUnsupported(JsonSlice json)
    {
        var members = new MemberReader(json);
        while (members.Next())
        {
            string name = JsonText.Decode(members.NameSpan);
            if (!Members.Contains(name))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>Reads a day, written as a number or text of eight digits, and returns its first second since 1970.</summary>
    private static long? ReadDay(JsonSlice value) =>
        DateTime.TryParseExact(
            value.ToText(),
            "yyyyMMdd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTime day
        )
            ? new DateTimeOffset(day).ToUnixTimeSeconds()
            : null;

    private static int? ReadBatchSize(string? text)
    {
        if (text is null)
        {
            return DefaultBatchSize;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is >= 1 and <= MaxBatchSize
            ? size
            : null;
    }
}
