using System.Globalization;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>
/// A .NET date in a bag that was built in code: ISO 8601 text whose first digit is written as an escape. For every JSON reader it is
/// the same text as without the escape; for the mappers it is a date, also after the event was kept as JSON in a queue.
/// </summary>
internal static class NetDate
{
    private static ReadOnlySpan<byte> Mark => "\"\\u003"u8;

    public static void Write(Utf8JsonWriter writer, DateTimeOffset date) =>
        WriteMarked(writer, date.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>A time of unspecified kind counts as UTC, as in JSON that names no zone.</summary>
    public static void Write(Utf8JsonWriter writer, DateTime date) => WriteMarked(writer, date.ToString("O", CultureInfo.InvariantCulture));

    public static void Write(Utf8JsonWriter writer, DateOnly date) => WriteMarked(writer, date.ToString("O", CultureInfo.InvariantCulture));

    public static bool Is(JsonSlice value) => value.Span.StartsWith(Mark);

    public static bool IsIn(JsonSlice value) => value.Span.IndexOf(Mark) >= 0;

    private static void WriteMarked(Utf8JsonWriter writer, string iso) =>
        writer.WriteRawValue(Encoding.ASCII.GetBytes($"\"\\u003{iso}\""), skipInputValidation: true);
}
