using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Normalizes the amount of an order.</summary>
/// <remarks>CleverTap's revenue view sums only numbers (docs, revenue view).</remarks>
internal static class OrderAmount
{
    public static readonly FieldName Name = "Amount";

    /// <summary>Converts a text that is a plain decimal number to a number. Any other value that is not a number gives a warning.</summary>
    public static void Normalize(JsonFields data, MappingContext context)
    {
        JsonSlice amount = data[Name];
        if (!amount.IsPresent)
        {
            context.Warn(
                WarningCode.AmountMissing,
                Name.ToString(),
                "CleverTap's revenue view does not count an order without an amount; "
                    + "send Amount, or revenue, total or value with Order Completed"
            );
            return;
        }

        if (amount.Kind == JsonValueKind.Number)
        {
            return;
        }

        if (amount.Kind == JsonValueKind.String && ParsePlainNumber(amount.ContentSpan()) is { IsEmpty: false } number)
        {
            data.Set(Name, context.Scratch.AddJson(number));
            return;
        }

        context.Warn(
            WarningCode.AmountNotNumeric,
            Name.ToString(),
            "CleverTap's revenue view sums numbers only; send revenue as a number without currency and thousands separators"
        );
    }

    /// <summary>Converts a text to a JSON number: <c>"+007.50"</c> becomes <c>7.50</c>, <c>".5"</c> becomes <c>0.5</c>.</summary>
    /// <returns>Empty if the text contains anything but digits and at most one decimal point between or before them.</returns>
    private static ReadOnlySpan<byte> ParsePlainNumber(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        bool isNegative = text.StartsWith("-"u8);
        if (isNegative || text.StartsWith("+"u8))
        {
            text = text[1..];
        }

        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? default : text[(point + 1)..];
        bool isWhole = AreDigits(whole) || (whole.IsEmpty && point >= 0);
        if (!isWhole || (point >= 0 && !AreDigits(fraction)))
        {
            return default;
        }

        ReadOnlySpan<byte> digits = whole.TrimStart((byte)'0');
        ReadOnlySpan<byte> significant = digits.IsEmpty ? "0"u8 : digits;
        ReadOnlySpan<byte> sign = isNegative ? "-"u8 : default;
        return (byte[])[.. sign, .. significant, .. text[whole.Length..]];
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
