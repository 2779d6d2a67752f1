using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>
/// Arrays in traits as multi-value attributes. A trait says what the value is now, so the list replaces the earlier one:
/// <c>{"$set":[…]}</c>. CleverTap's SDKs, CSV and SFTP imports document <c>$set</c>; the REST pages show <c>$add</c> and
/// <c>$remove</c> only, which would keep values that the user no longer has.
/// </summary>
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

    /// <summary>Each value once and as text, because CleverTap's multi-values are unique texts; nulls are left out.</summary>
    public static JsonSlice ToOperation(FieldName name, JsonSlice list, MappingContext run)
    {
        var output = new Utf8Buffer();
        HashSet<string> seen = new(StringComparer.Ordinal);
        bool isTooLong = false;
        output.Append("{\"$set\":["u8);
        var elements = new ElementReader(list);
        while (elements.Next())
        {
            if (elements.Value.ToText() is not { } text || !seen.Add(text))
            {
                continue;
            }

            if (seen.Count > 1)
            {
                output.Append((byte)',');
            }

            output.Append(JsonSlice.FromText(text).Span);
            isTooLong |= text.Length > CleverTapRules.ValueBytes;
        }

        output.Append("]}"u8);
        if (isTooLong || seen.Count > CleverTapRules.ValuesPerAttribute)
        {
            run.Warn(
                WarningCode.TooManyValues,
                name.ToString(),
                $"CleverTap keeps {CleverTapRules.ValuesPerAttribute} values of up to {CleverTapRules.ValueBytes} characters; send fewer or shorter values"
            );
        }

        return new JsonSlice(output.Written.ToArray());
    }
}
