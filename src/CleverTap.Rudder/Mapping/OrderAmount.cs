using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>The amount of an order. CleverTap's revenue view sums numbers only (docs, revenue view).</summary>
internal static class OrderAmount
{
    public static readonly FieldName Name = "Amount";

    /// <summary>A text that is a plain decimal number becomes a number; anything else that is no number gives a warning.</summary>
    public static void Normalize(JsonFields data, MappingContext run)
    {
        JsonSlice amount = data[Name];
        if (!amount.IsPresent)
        {
            run.Warn(
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

        if (amount.Kind == JsonValueKind.String && PlainNumber(amount.ContentSpan()) is { IsEmpty: false } number)
        {
            data.Set(Name, run.Made.AddJson(number));
            return;
        }

        run.Warn(
            WarningCode.AmountNotNumeric,
            Name.ToString(),
            "CleverTap's revenue view sums numbers only; send revenue as a number without currency and thousands separators"
        );
    }

    /// <summary>
    /// The text as a JSON number: <c>"+007.50"</c> is <c>7.50</c>, <c>".5"</c> is <c>0.5</c>. Empty if it is not digits with at most one
    /// decimal point between or before them.
    /// </summary>
    private static ReadOnlySpan<byte> PlainNumber(ReadOnlySpan<byte> text)
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
