namespace CleverTap.Rudder.Internal.Options;

/// <summary>Reads <see cref="MappingOptions"/> from the <c>Mapping</c> section of other options.</summary>
internal static class MappingOptionsReader
{
    private const string Name = "Mapping";

    /// <param name="parent">The reader of the section that contains <c>Mapping</c>.</param>
    /// <param name="defaultPreset">The preset if the section names none.</param>
    /// <param name="current">The options so far: they keep their mappers, which configuration cannot hold.</param>
    public static MappingOptions Read(SectionReader parent, MappingPreset defaultPreset, MappingOptions current)
    {
        SectionReader reader = parent.Child(Name, $"name the preset in {Name}:Preset");
        MappingOptions mapping = ReadPreset(reader, defaultPreset) with
        {
            MaxEventBytes = ReadMaxEventBytes(reader, current.MaxEventBytes),
            Mappers = current.Mappers,
        };
        mapping = ReadFilters(reader, mapping);
        mapping = ReadNames(reader, mapping);
        mapping = ReadProfiles(reader, mapping);
        mapping = ReadValues(reader, mapping);
        mapping = ReadEvents(reader, mapping);
        reader.RejectUnknown();
        return mapping;
    }

    private static MappingOptions ReadPreset(SectionReader reader, MappingPreset defaultPreset) =>
        reader.Choice("Preset", defaultPreset) == MappingPreset.Default ? MappingOptions.Default : MappingOptions.RudderTransformer;

    /// <summary>Returns at least 1, because the options cannot be created with less.</summary>
    private static int ReadMaxEventBytes(SectionReader reader, int defaultValue)
    {
        int maxEventBytes = reader.Number(nameof(MappingOptions.MaxEventBytes), defaultValue);
        if (maxEventBytes < 1)
        {
            reader.AddError($"{nameof(MappingOptions.MaxEventBytes)} must be positive, not {maxEventBytes}");
        }

        return Math.Max(1, maxEventBytes);
    }

    /// <summary>Reads the options that decide which events are mapped.</summary>
    private static MappingOptions ReadFilters(SectionReader reader, MappingOptions mapping) =>
        mapping with
        {
            TrackAnonymous = reader.Switch(nameof(mapping.TrackAnonymous), mapping.TrackAnonymous),
            EnableObjectIdMapping = reader.Switch(nameof(mapping.EnableObjectIdMapping), mapping.EnableObjectIdMapping),
            NativeSdk = reader.Flags(nameof(mapping.NativeSdk), mapping.NativeSdk),
            Consent = ReadConsent(reader, mapping.Consent),
            WebAllowEvents = reader.Names(nameof(mapping.WebAllowEvents)) ?? mapping.WebAllowEvents,
            WebDenyEvents = reader.Names(nameof(mapping.WebDenyEvents)) ?? mapping.WebDenyEvents,
            AllowEvents = reader.Names(nameof(mapping.AllowEvents)) ?? mapping.AllowEvents,
            DenyEvents = reader.Names(nameof(mapping.DenyEvents)) ?? mapping.DenyEvents,
            FilterUnsupportedCalls = reader.Switch(nameof(mapping.FilterUnsupportedCalls), mapping.FilterUnsupportedCalls),
            HonorIntegrations = reader.Switch(nameof(mapping.HonorIntegrations), mapping.HonorIntegrations),
            RequireIds = reader.Switch(nameof(mapping.RequireIds), mapping.RequireIds),
        };

    /// <summary>Reads the options that rename or drop events, traits and properties.</summary>
    private static MappingOptions ReadNames(SectionReader reader, MappingOptions mapping) =>
        mapping with
        {
            RenameEvents = reader.NewNames(nameof(mapping.RenameEvents)) ?? mapping.RenameEvents,
            RenameTraits = reader.NewNames(nameof(mapping.RenameTraits)) ?? mapping.RenameTraits,
            RenameProperties = reader.NewNames(nameof(mapping.RenameProperties)) ?? mapping.RenameProperties,
            DropTraits = reader.Names(nameof(mapping.DropTraits)) ?? mapping.DropTraits,
            DropProperties = reader.Names(nameof(mapping.DropProperties)) ?? mapping.DropProperties,
            TraitNaming = reader.Choice(nameof(mapping.TraitNaming), mapping.TraitNaming),
            TraitPrecedence = reader.Choice(nameof(mapping.TraitPrecedence), mapping.TraitPrecedence),
        };

    /// <summary>Reads the options of profiles and their standard fields.</summary>
    private static MappingOptions ReadProfiles(SectionReader reader, MappingOptions mapping) =>
        mapping with
        {
            GuardIdentityFields = reader.Switch(nameof(mapping.GuardIdentityFields), mapping.GuardIdentityFields),
            LinkAnonymousProfiles = reader.Switch(nameof(mapping.LinkAnonymousProfiles), mapping.LinkAnonymousProfiles),
            PhoneCountryCode = reader.CountryCode(nameof(mapping.PhoneCountryCode), mapping.PhoneCountryCode),
            NameFromOnePart = reader.Switch(nameof(mapping.NameFromOnePart), mapping.NameFromOnePart),
            ConvertBirthday = reader.Switch(nameof(mapping.ConvertBirthday), mapping.ConvertBirthday),
            NormalizeProfileFields = reader.Switch(nameof(mapping.NormalizeProfileFields), mapping.NormalizeProfileFields),
            SendUnknownGender = reader.Switch(nameof(mapping.SendUnknownGender), mapping.SendUnknownGender),
            KeepOperators = reader.Switch(nameof(mapping.KeepOperators), mapping.KeepOperators),
        };

    /// <summary>Reads the options of values of every record.</summary>
    private static MappingOptions ReadValues(SectionReader reader, MappingOptions mapping) =>
        mapping with
        {
            ConvertDates = reader.Switch(nameof(mapping.ConvertDates), mapping.ConvertDates),
            DateFields = reader.Names(nameof(mapping.DateFields)) ?? mapping.DateFields,
            NestedValues = reader.Choice(nameof(mapping.NestedValues), mapping.NestedValues),
            MultiValueArrays = reader.Switch(nameof(mapping.MultiValueArrays), mapping.MultiValueArrays),
            OmitNullProperties = reader.Switch(nameof(mapping.OmitNullProperties), mapping.OmitNullProperties),
            Numbers = reader.Choice(nameof(mapping.Numbers), mapping.Numbers),
            CheckRules = reader.Switch(nameof(mapping.CheckRules), mapping.CheckRules),
        };

    /// <summary>Reads the options of page views, orders and the time of an event.</summary>
    private static MappingOptions ReadEvents(SectionReader reader, MappingOptions mapping) =>
        mapping with
        {
            ViewNameFallback = reader.Choice(nameof(mapping.ViewNameFallback), mapping.ViewNameFallback),
            EscapeViewNames = reader.Switch(nameof(mapping.EscapeViewNames), mapping.EscapeViewNames),
            WebPageNames = reader.Choice(nameof(mapping.WebPageNames), mapping.WebPageNames),
            Timestamps = reader.Choice(nameof(mapping.Timestamps), mapping.Timestamps),
            Charged = reader.Choice(nameof(mapping.Charged), mapping.Charged),
        };

    private static IReadOnlyList<ConsentRequirement> ReadConsent(SectionReader reader, IReadOnlyList<ConsentRequirement> defaultValue)
    {
        List<ConsentRequirement> requirements = [.. reader.Children(nameof(MappingOptions.Consent)).Select(ReadRequirement)];
        return requirements.Count == 0 ? defaultValue : requirements;
    }

    /// <summary>Reads a requirement. One that can never apply is an error.</summary>
    private static ConsentRequirement ReadRequirement(SectionReader reader)
    {
        var defaults = new ConsentRequirement();
        var requirement = new ConsentRequirement
        {
            Provider = reader.OneOf(nameof(defaults.Provider), defaults.Provider, ConsentRequirement.Providers),
            ConsentIds = reader.Names(nameof(defaults.ConsentIds)) ?? defaults.ConsentIds,
            Strategy = reader.OptionalChoice<ConsentStrategy>(nameof(defaults.Strategy)),
            IsLegacy = reader.Switch(nameof(defaults.IsLegacy), defaults.IsLegacy),
            Platform = reader.OptionalChoice<SourcePlatform>(nameof(defaults.Platform)),
        };
        if (requirement.ConsentIds.Count == 0)
        {
            reader.AddError($"{nameof(defaults.ConsentIds)} must be a list of consents");
        }

        reader.RejectUnknown();
        return requirement;
    }
}
