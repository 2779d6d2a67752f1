using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>
/// Converts the values of properties and items to the forms that CleverTap accepts: dates and nested values.
/// </summary>
/// <remarks>The options decide what is converted. A field that needs no conversion is not written again.</remarks>
internal static class FieldValues
{
    private static ReadOnlySpan<byte> Separator => "_"u8;

    /// <summary>Converts the fields of a bag in place.</summary>
    public static void Convert(JsonFields fields, MappingContext context)
    {
        MappingOptions options = context.Options;
        bool hasDates = (fields.MayHaveNetDates && options.ConvertDates) || !options.DateFieldNames.IsEmpty;
        bool hasNested = fields.HasNested && options.NestedValues != NestedValues.Text;
        if (!hasDates && !hasNested)
        {
            return;
        }

        int count = fields.Count;
        for (int index = 0; index < count; index++)
        {
            JsonFields.Field field = fields.All[index];
            if (hasNested && field.Value.IsContainer && field.Form == FieldForm.Text && !CleverTapRules.IsSubscriptionGroup(field.Name))
            {
                SetNested(fields, field.Name, field.Value, context);
            }
            else if (hasDates && TryConvertDate(field.Name, field.Name, field.Value, context, out JsonSlice date))
            {
                fields.Set(field.Name, date);
            }
        }
    }

    /// <summary>Sets a property to a value in CleverTap's form.</summary>
    public static void Set(JsonFields target, FieldName name, JsonSlice value, MappingContext context)
    {
        if (!value.IsContainer)
        {
            target.Set(name, ConvertDate(name, name, value, context));
        }
        else if (CleverTapRules.IsSubscriptionGroup(name))
        {
            target.Set(name, value);
        }
        else
        {
            SetNested(target, name, value, context);
        }
    }

    /// <summary>
    /// Converts a .NET date, or a field that DateFields names, to a CleverTap date. Any other value is returned unchanged.
    /// </summary>
    public static JsonSlice ConvertDate(FieldName source, FieldName name, JsonSlice value, MappingContext context) =>
        TryConvertDate(source, name, value, context, out JsonSlice date) ? date : value;

    /// <summary>Creates a CleverTap date, <c>$D_&lt;seconds since 1970&gt;</c>.</summary>
    public static JsonSlice ToCleverTapDate(long milliseconds, MappingContext context) =>
        context.Scratch.AddText("$D_"u8, context.Scratch.AddNumber(Timestamps.ToSeconds(milliseconds)).Span);

    /// <summary>Joins the names of a nested value and of one of its members.</summary>
    public static FieldName Join(FieldName parent, FieldName member) => new((byte[])[.. parent.Span, .. Separator, .. member.Span]);

    /// <summary>Warns of two values with the same name, unless they are equal: SDKs repeat traits in the context.</summary>
    public static void WarnOfCollision(FieldName name, JsonSlice present, JsonSlice member, MappingContext context)
    {
        if (!present.Equals(member))
        {
            context.Warn(
                WarningCode.NameCollision,
                name.ToString(),
                "a nested value has the name of another field and was omitted; rename one of them"
            );
        }
    }

    public static void WarnOfDepth(FieldName name, JsonSlice value, MappingContext context)
    {
        if (context.Options.CheckRules && NestedDates.CountLevels(value) > CleverTapRules.NestedLevels)
        {
            context.Warn(
                WarningCode.NestedValue,
                name.ToString(),
                $"CleverTap keeps {CleverTapRules.NestedLevels} levels of nested values; nest less deeply, or set NestedValues to Flatten"
            );
        }
    }

    private static void SetNested(JsonFields target, FieldName name, JsonSlice value, MappingContext context)
    {
        switch (context.Options.NestedValues)
        {
            case NestedValues.Flatten when value.Kind == JsonValueKind.Object:
                target.Set(name, default);
                Flatten(target, name, value, context);
                break;
            case NestedValues.Keep:
                target.Set(name, NestedDates.Convert(value, context), FieldForm.KeepNested);
                WarnOfDepth(name, value, context);
                break;
            default:
                target.Set(name, value);
                break;
        }
    }

    /// <summary>Sets each member as a field. A field of the event with the same name takes precedence.</summary>
    private static void Flatten(JsonFields target, FieldName parent, JsonSlice value, MappingContext context)
    {
        var members = new MemberReader(value);
        while (members.Next())
        {
            JsonSlice member = members.Value;
            if (member.IsNullOrMissing && context.Options.OmitNullProperties)
            {
                continue;
            }

            FieldName name = Join(parent, members.Name);
            if (target[name] is { IsNullOrMissing: false } present)
            {
                WarnOfCollision(name, present, member, context);
            }
            else
            {
                Set(target, name, member, context);
            }
        }
    }

    private static bool TryConvertDate(FieldName source, FieldName name, JsonSlice value, MappingContext context, out JsonSlice date)
    {
        date = default;
        if (value.Kind != JsonValueKind.String)
        {
            return false;
        }

        MappingOptions options = context.Options;
        bool isNetDate = options.ConvertDates && NetDate.IsMarked(value);
        bool isListed =
            !options.DateFieldNames.IsEmpty && (options.DateFieldNames.Contains(source) || options.DateFieldNames.Contains(name));
        if ((!isNetDate && !isListed) || value.ContentSpan().StartsWith("$D_"u8))
        {
            return false;
        }

        if (IsoDate.TryReadExistingDay(value, out long milliseconds))
        {
            date = ToCleverTapDate(milliseconds, context);
            return true;
        }

        if (isListed && value.IsPresent)
        {
            context.Warn(
                WarningCode.DateIsText,
                name.ToString(),
                "DateFields names the field, but the value is not an ISO 8601 date and stays text; send an ISO 8601 date"
            );
        }

        return false;
    }
}
