using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder;

/// <summary>
/// <see cref="MappingOptions"/> from a configuration section: <c>Preset</c> (<c>Default</c> or <c>RudderTransformer</c>)
/// and any option by its name. Immutable options cannot be bound by the configuration binder.
/// </summary>
internal static class MappingConfiguration
{
    public static MappingOptions Read(IConfiguration section)
    {
        MappingOptions preset = PresetOf(section["Preset"]);
        return preset with
        {
            TrackAnonymous = section.GetValue(nameof(preset.TrackAnonymous), preset.TrackAnonymous),
            EnableObjectIdMapping = section.GetValue(nameof(preset.EnableObjectIdMapping), preset.EnableObjectIdMapping),
            UseNativeSdk = section.GetValue(nameof(preset.UseNativeSdk), preset.UseNativeSdk),
            HonorIntegrations = section.GetValue(nameof(preset.HonorIntegrations), preset.HonorIntegrations),
            RequireIds = section.GetValue(nameof(preset.RequireIds), preset.RequireIds),
            TraitNaming = section.GetValue(nameof(preset.TraitNaming), preset.TraitNaming),
            TraitPrecedence = section.GetValue(nameof(preset.TraitPrecedence), preset.TraitPrecedence),
            NameFromOnePart = section.GetValue(nameof(preset.NameFromOnePart), preset.NameFromOnePart),
            EscapeViewNames = section.GetValue(nameof(preset.EscapeViewNames), preset.EscapeViewNames),
            Timestamps = section.GetValue(nameof(preset.Timestamps), preset.Timestamps),
            ConvertBirthday = section.GetValue(nameof(preset.ConvertBirthday), preset.ConvertBirthday),
            NormalizeProfileFields = section.GetValue(nameof(preset.NormalizeProfileFields), preset.NormalizeProfileFields),
            SendUnknownGender = section.GetValue(nameof(preset.SendUnknownGender), preset.SendUnknownGender),
            KeepOperators = section.GetValue(nameof(preset.KeepOperators), preset.KeepOperators),
            Charged = section.GetValue(nameof(preset.Charged), preset.Charged),
            Numbers = section.GetValue(nameof(preset.Numbers), preset.Numbers),
            CheckRules = section.GetValue(nameof(preset.CheckRules), preset.CheckRules),
            MaxEventBytes = section.GetValue(nameof(preset.MaxEventBytes), preset.MaxEventBytes),
        };
    }

    private static MappingOptions PresetOf(string? name) => name?.ToUpperInvariant() switch
    {
        null or "" or "DEFAULT" => MappingOptions.Default,
        "RUDDERTRANSFORMER" => MappingOptions.RudderTransformer,
        _ => throw new InvalidOperationException("Mapping:Preset must be Default or RudderTransformer"),
    };
}
