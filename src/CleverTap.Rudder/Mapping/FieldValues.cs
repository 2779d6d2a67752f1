using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>
/// Brings the values of traits, properties and items into the forms that CleverTap takes, as the options say: dates, nested values and
/// multi-values. A field that needs nothing is not touched.
/// </summary>
internal static class FieldValues
{
    private static ReadOnlySpan<byte> Separator => "_"u8;

    /// <summary>Converts the fields of a bag in place.</summary>
    public static void Convert(JsonFields fields, MappingContext run)
    {
        MappingOptions options = run.Options;
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
            if (hasNested && field.Value.IsContainer && field.Form == FieldForm.Text && !FieldWriter.IsSubscriptionGroup(field.Name))
            {
                SetNested(fields, field.Name, field.Value, run, owner: FieldOwner.Event);
            }
            else if (hasDates && TryDate(field.Name, field.Name, field.Value, run, out JsonSlice date))
            {
                fields.Set(field.Name, date);
            }
        }
    }

    /// <summary>Sets one field to a value in CleverTap's form.</summary>
    /// <param name="target">The record's fields.</param>
    /// <param name="name">The field's name in CleverTap.</param>
    /// <param name="source">The field's name in the event.</param>
    /// <param name="value">The value as it came.</param>
    /// <param name="run">The mapping under way.</param>
    /// <param name="owner">What the field belongs to.</param>
    public static void Set(JsonFields target, FieldName name, FieldName source, JsonSlice value, MappingContext run, FieldOwner owner)
    {
        if (value.IsContainer)
        {
            SetContainer(target, name, value, run, owner);
        }
        else
        {
            target.Set(name, ConvertDate(source, name, value, run));
        }
    }

    /// <summary>A standard field in CleverTap's form of a date if it is a .NET date or named in DateFields; otherwise as it is.</summary>
    public static JsonSlice ConvertDate(FieldName source, FieldName name, JsonSlice value, MappingContext run) =>
        TryDate(source, name, value, run, out JsonSlice date) ? date : value;

    /// <summary>CleverTap's form of a date.</summary>
    public static JsonSlice Date(long milliseconds, MappingContext run) =>
        run.Made.AddText("$D_"u8, run.Made.AddNumber(Timestamps.ToSeconds(milliseconds)).Span);

    private static void SetContainer(JsonFields target, FieldName name, JsonSlice value, MappingContext run, FieldOwner owner)
    {
        if (owner == FieldOwner.Profile && run.Options.KeepOperators && ProfileOperators.IsOperation(value))
        {
            target.Set(name, value, FieldForm.KeepNested);
        }
        else if (FieldWriter.IsSubscriptionGroup(name))
        {
            target.Set(name, value);
        }
        else if (owner == FieldOwner.Profile && run.Options.MultiValueArrays && MultiValues.IsListOfScalars(value))
        {
            target.Set(name, MultiValues.ToOperation(name, value, run), FieldForm.KeepNested);
        }
        else
        {
            SetNested(target, name, value, run, owner);
        }
    }

    private static void SetNested(JsonFields target, FieldName name, JsonSlice value, MappingContext run, FieldOwner owner)
    {
        switch (run.Options.NestedValues)
        {
            case NestedValues.Flatten when value.Kind == JsonValueKind.Object:
                target.Set(name, default);
                Flatten(target, name, value, run, owner);
                break;
            case NestedValues.Keep:
                target.Set(name, NestedDates.Convert(value, run), FieldForm.KeepNested);
                WarnOfDepth(name, value, run);
                break;
            default:
                target.Set(name, value);
                break;
        }
    }

    /// <summary>The members become fields of their own. A field of the event with the same name wins.</summary>
    private static void Flatten(JsonFields target, FieldName parent, JsonSlice value, MappingContext run, FieldOwner owner)
    {
        var members = new MemberReader(value);
        while (members.Next())
        {
            FieldName name = Join(parent, members.Name, run, owner);
            JsonSlice member = members.Value;
            if (member.IsNullOrMissing && (owner == FieldOwner.Profile || run.Options.OmitNullProperties))
            {
                continue;
            }

            if (owner == FieldOwner.Profile && IdentityFields.IsOmitted(name, member, run))
            {
                continue;
            }

            if (target[name] is { IsNullOrMissing: false } present)
            {
                WarnOfCollision(name, present, member, run);
                continue;
            }

            Set(target, name, name, member, run, owner);
        }
    }

    private static FieldName Join(FieldName parent, FieldName member, MappingContext run, FieldOwner owner)
    {
        var suffix = new FieldName((byte[])[.. Separator, .. member.Span]);
        if (owner == FieldOwner.Profile && run.Options.TraitNaming == TraitNaming.SnakeCase)
        {
            suffix = SnakeCase.Of(suffix);
        }

        return new FieldName((byte[])[.. parent.Span, .. suffix.Span]);
    }

    /// <summary>SDKs repeat traits in the context: the same value twice is nothing to warn of.</summary>
    private static void WarnOfCollision(FieldName name, JsonSlice present, JsonSlice member, MappingContext run)
    {
        if (!present.Equals(member))
        {
            run.Warn(
                WarningCode.NameCollision,
                name.ToString(),
                "a nested value has the name of another field and was left out; rename one of them"
            );
        }
    }

    private static void WarnOfDepth(FieldName name, JsonSlice value, MappingContext run)
    {
        if (run.Options.CheckRules && NestedDates.LevelsOf(value) > CleverTapRules.NestedLevels)
        {
            run.Warn(
                WarningCode.NestedValue,
                name.ToString(),
                $"CleverTap keeps {CleverTapRules.NestedLevels} levels of nested values; nest less deeply, or set NestedValues to Flatten"
            );
        }
    }

    private static bool TryDate(FieldName source, FieldName name, JsonSlice value, MappingContext run, out JsonSlice date)
    {
        date = default;
        if (value.Kind != JsonValueKind.String)
        {
            return false;
        }

        MappingOptions options = run.Options;
        bool isNetDate = options.ConvertDates && NetDate.IsMarked(value);
        bool isListed =
            !options.DateFieldNames.IsEmpty && (options.DateFieldNames.Contains(source) || options.DateFieldNames.Contains(name));
        if ((!isNetDate && !isListed) || value.ContentSpan().StartsWith("$D_"u8))
        {
            return false;
        }

        if (IsoDate.TryRead(value, out long milliseconds))
        {
            date = Date(milliseconds, run);
            return true;
        }

        if (isListed && value.IsPresent)
        {
            run.Warn(
                WarningCode.DateIsText,
                name.ToString(),
                "DateFields names the field, but the value is not an ISO 8601 date and stays text; send an ISO 8601 date"
            );
        }

        return false;
    }
}
