using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Normalizes the amount of an order.</summary>
/// <remarks>CleverTap's revenue view sums only numbers (docs, revenue view).</remarks>
internal static class OrderAmount
{
    public static readonly FieldName Name = "Amount";

    /// <summary>Chooses the property that contains the amount: the first that is a number, else the first that is present.</summary>
    /// <param name="order">The properties of the order.</param>
    /// <param name="names">The names of the properties, by precedence.</param>
    /// <param name="context">The context that receives a warning about each property before it that is not a number.</param>
    /// <returns>The value of the property, or a missing value.</returns>
    public static JsonSlice Choose(JsonFields order, ReadOnlySpan<FieldName> names, MappingContext context)
    {
        JsonSlice first = default;
        for (int index = 0; index < names.Length; index++)
        {
            JsonSlice value = order[names[index]];
            if (IsNumber(value))
            {
                WarnOfOthers(order, names[..index], names[index], context);
                return value;
            }

            if (first.IsMissing && value.IsPresent)
            {
                first = value;
            }
        }

        return first;
    }

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

    private static void WarnOfOthers(JsonFields order, ReadOnlySpan<FieldName> others, FieldName chosen, MappingContext context)
    {
        foreach (FieldName name in others)
        {
            if (order[name].IsPresent)
            {
                context.Warn(
                    WarningCode.AmountNotNumeric,
                    name.ToString(),
                    $"CleverTap's revenue view sums numbers only and {chosen} was sent as the amount; "
                        + "send a number without currency and thousands separators"
                );
            }
        }
    }

    private static bool IsNumber(JsonSlice amount) =>
        amount.Kind switch
        {
            JsonValueKind.Number => JsonNumber.IsFinite(amount.Span),
            JsonValueKind.String => IsPlainNumber(amount.ContentSpan()),
            _ => false,
        };

    /// <summary>Converts a text to a JSON number: <c>"+007.50"</c> becomes <c>7.50</c>, <c>".5"</c> becomes <c>0.5</c>.</summary>
    /// <returns>Empty if the text is not a plain number.</returns>
    private static ReadOnlySpan<byte> ParsePlainNumber(ReadOnlySpan<byte> text)
    {
        if (!IsPlainNumber(text))
        {
            return default;
        }

        text = WithoutSign(text, out bool isNegative);
        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<byte> digits = whole.TrimStart((byte)'0');
        ReadOnlySpan<byte> significant = digits.IsEmpty ? "0"u8 : digits;
        ReadOnlySpan<byte> sign = isNegative ? "-"u8 : default;
        return (byte[])[.. sign, .. significant, .. text[whole.Length..]];
    }

    /// <summary>Whether a text contains only a sign, digits, and at most one decimal point between or before them.</summary>
    private static bool IsPlainNumber(ReadOnlySpan<byte> text)
    {
        text = WithoutSign(text, out _);
        int point = text.IndexOf((byte)'.');
        if (point < 0)
        {
            return AreDigits(text);
        }

        return (point == 0 || AreDigits(text[..point])) && AreDigits(text[(point + 1)..]);
    }

    private static ReadOnlySpan<byte> WithoutSign(ReadOnlySpan<byte> text, out bool isNegative)
    {
        text = text.Trim(" \t\r\n"u8);
        isNegative = text.StartsWith("-"u8);
        return isNegative || text.StartsWith("+"u8) ? text[1..] : text;
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
