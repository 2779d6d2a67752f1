namespace CleverTap.Rudder.Tool.Compare;

/// <summary>The members of <see cref="MappingOptions"/> in which the presets differ, and how to copy each of them.</summary>
internal static class PresetOptions
{
    /// <summary>Copies one member of the first options into a copy of the second.</summary>
    public delegate MappingOptions Copy(MappingOptions from, MappingOptions to);

    public static readonly (string Name, Copy Copy)[] All =
    [
        (nameof(MappingOptions.Timestamps), (from, to) => to with { Timestamps = from.Timestamps }),
        (nameof(MappingOptions.Charged), (from, to) => to with { Charged = from.Charged }),
        (nameof(MappingOptions.TraitNaming), (from, to) => to with { TraitNaming = from.TraitNaming }),
        (nameof(MappingOptions.TraitPrecedence), (from, to) => to with { TraitPrecedence = from.TraitPrecedence }),
        (nameof(MappingOptions.NormalizeProfileFields), (from, to) => to with { NormalizeProfileFields = from.NormalizeProfileFields }),
        (nameof(MappingOptions.ConvertBirthday), (from, to) => to with { ConvertBirthday = from.ConvertBirthday }),
        (nameof(MappingOptions.ConvertDates), (from, to) => to with { ConvertDates = from.ConvertDates }),
        (nameof(MappingOptions.NameFromOnePart), (from, to) => to with { NameFromOnePart = from.NameFromOnePart }),
        (nameof(MappingOptions.SendUnknownGender), (from, to) => to with { SendUnknownGender = from.SendUnknownGender }),
        (nameof(MappingOptions.KeepOperators), (from, to) => to with { KeepOperators = from.KeepOperators }),
        (nameof(MappingOptions.GuardIdentityFields), (from, to) => to with { GuardIdentityFields = from.GuardIdentityFields }),
        (nameof(MappingOptions.OmitNullProperties), (from, to) => to with { OmitNullProperties = from.OmitNullProperties }),
        (nameof(MappingOptions.Numbers), (from, to) => to with { Numbers = from.Numbers }),
        (nameof(MappingOptions.EscapeViewNames), (from, to) => to with { EscapeViewNames = from.EscapeViewNames }),
        (nameof(MappingOptions.ViewNameFallback), (from, to) => to with { ViewNameFallback = from.ViewNameFallback }),
        (nameof(MappingOptions.HonorIntegrations), (from, to) => to with { HonorIntegrations = from.HonorIntegrations }),
        (nameof(MappingOptions.FilterUnsupportedCalls), (from, to) => to with { FilterUnsupportedCalls = from.FilterUnsupportedCalls }),
        (nameof(MappingOptions.RequireIds), (from, to) => to with { RequireIds = from.RequireIds }),
        (nameof(MappingOptions.TrackAnonymous), (from, to) => to with { TrackAnonymous = from.TrackAnonymous }),
        (nameof(MappingOptions.CheckRules), (from, to) => to with { CheckRules = from.CheckRules }),
    ];
}
