using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Maps arrays in traits to multi-value attributes.</summary>
/// <remarks>
/// A trait contains the current value, so the list replaces the earlier one: <c>{"$set":[…]}</c>. CleverTap's SDKs and its CSV and
/// SFTP imports document <c>$set</c>. The REST pages document only <c>$add</c> and <c>$remove</c>, which would keep values that the
/// user no longer has.
/// </remarks>
internal static class MultiValues
{
    public static bool IsListOfScalars(JsonSlice value)
    {
        if (value.Kind != JsonValueKind.Array)
        {
            return false;
        }

        var elements = new ElementReader(value);
        while (elements.Next())
        {
            if (elements.Value.IsContainer)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Creates the operation that sets an attribute to the values of a list.</summary>
    /// <remarks>
    /// Values become unique texts, because CleverTap's multi-values are unique texts. Nulls are omitted, and numbers that no double can
    /// hold.
    /// </remarks>
    public static JsonSlice CreateSetOperation(FieldName name, JsonSlice list, MappingContext context)
    {
        var output = new Utf8Buffer();
        output.Append("{\"$set\":["u8);
        int count = AppendUniqueTexts(list, output, out int maxLength, out bool anyOutOfRange);
        output.Append("]}"u8);
        if (count > CleverTapRules.ValuesPerAttribute || maxLength > CleverTapRules.ValueBytes)
        {
            WarnOfLimits(name, context);
        }

        if (anyOutOfRange)
        {
            context.Warn(WarningCode.NumberOutOfRange, name.ToString(), RecordValidator.NumberOutOfRangeMessage);
        }

        return new JsonSlice(output.Written.ToArray());
    }

    private static int AppendUniqueTexts(JsonSlice list, Utf8Buffer output, out int maxLength, out bool anyOutOfRange)
    {
        maxLength = 0;
        anyOutOfRange = false;
        HashSet<string> appended = new(StringComparer.Ordinal);
        var elements = new ElementReader(list);
        while (elements.Next())
        {
            bool isOutOfRange = elements.Value.Kind == JsonValueKind.Number && !JsonNumber.IsFinite(elements.Value.Span);
            anyOutOfRange |= isOutOfRange;
            if (isOutOfRange || elements.Value.ToText() is not { } text || !appended.Add(text))
            {
                continue;
            }

            if (appended.Count > 1)
            {
                output.Append((byte)',');
            }

            output.Append(JsonSlice.FromText(text).Span);
            maxLength = Math.Max(maxLength, text.Length);
        }

        return appended.Count;
    }

    private static void WarnOfLimits(FieldName name, MappingContext context) =>
        context.Warn(
            WarningCode.TooManyValues,
            name.ToString(),
            $"CleverTap keeps {CleverTapRules.ValuesPerAttribute} values of up to {CleverTapRules.ValueBytes} characters; "
                + "send fewer or shorter values"
        );
}
