using System.Runtime.CompilerServices;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <content>Validates the fields of profiles.</content>
internal sealed partial class RecordValidator
{
    /// <summary>Whether CleverTap does not accept the name of a custom attribute.</summary>
    public static bool NeedsWarning(ReadOnlySpan<byte> name) =>
        name.Length is 0 or > CleverTapRules.NameBytes || name.ContainsAny(CleverTapRules.ProhibitedInProfileNames);

    /// <summary>Whether a field of a profile may need a warning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayNeedWarning(TraitName name, ReadOnlySpan<byte> value) =>
        name.StandardField is not null || name.NeedsWarning || value.Length > CleverTapRules.ValueBytes || MayBeDate(value);

    /// <summary>Checks a field of a profile.</summary>
    public void CheckField(in TraitFields.Field field)
    {
        FieldName name = field.Name.Text;
        if (field.Name.StandardField is { } standard)
        {
            CheckStandardField(standard, field.Value);
        }
        else
        {
            CheckFieldName(name, CleverTapRules.ProhibitedInProfileNames);
            CheckDateText(name, field.Value.Span);
            CheckOptOut(field);
        }

        CheckLength(name, field.Value, isNested: field.Form != FieldForm.Text);
    }

    /// <summary>Checks that CleverTap understands a trait that seems to be an opt-out.</summary>
    private void CheckOptOut(in TraitFields.Field field)
    {
        if (field.Name.SimilarOptOut is { } optOut)
        {
            Warn(
                WarningCode.MessagingFlagUnknown,
                field.Name.ToString(),
                $"CleverTap does not read this trait as '{optOut}', so that an opt-out does not take effect; rename it to '{optOut}'"
            );
        }

        if (field.Name.IsSubscriptionGroup && field.Value.Kind is not (JsonValueKind.Object or JsonValueKind.Null))
        {
            Warn(
                WarningCode.StandardFieldFormat,
                field.Name.ToString(),
                "CleverTap expects an object such as {\"email\":[\"News\"]} here, so that the opt-out does not take effect; send an object"
            );
        }
    }

    private void CheckStandardField(StandardField field, JsonSlice value)
    {
        if (field.IsValid is null || field.IsValid(value) || ProfileOperators.IsOperation(value))
        {
            return;
        }

        if (field.IsIdentity)
        {
            CheckIdentity(value);
            return;
        }

        Warn(WarningCode.StandardFieldFormat, field.NameText, field.WarningMessage, field.Code);
    }
}
