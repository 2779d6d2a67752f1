using System.Globalization;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Events;

/// <summary>Writes a .NET date into a bag as ISO 8601 text whose first digit is an escape.</summary>
/// <remarks>
/// Every JSON reader decodes the escape to the same text. The mappers recognize the escape and know that the value is a date, even if a
/// queue stored the event as JSON in between.
/// </remarks>
internal static class NetDate
{
    private static ReadOnlySpan<byte> Mark => "\"\\u003"u8;

    public static void Write(Utf8JsonWriter writer, DateTimeOffset date) =>
        WriteMarked(writer, date.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Writes a time. An unspecified kind means UTC, as in JSON without a zone.</summary>
    public static void Write(Utf8JsonWriter writer, DateTime date) => WriteMarked(writer, date.ToString("O", CultureInfo.InvariantCulture));

    public static void Write(Utf8JsonWriter writer, DateOnly date) => WriteMarked(writer, date.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Whether a value is a date that was written here.</summary>
    public static bool IsMarked(JsonSlice value) => value.Span.StartsWith(Mark);

    /// <summary>Whether a value contains such a date at any level.</summary>
    public static bool ContainsMarked(JsonSlice value) => value.Span.IndexOf(Mark) >= 0;

    private static void WriteMarked(Utf8JsonWriter writer, string iso) =>
        writer.WriteRawValue(Encoding.ASCII.GetBytes($"\"\\u003{iso}\""), skipInputValidation: true);
}
