using CleverTap.Rudder.Internal.Hosting;
using CleverTap.Rudder.Internal.Mapping;
using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>
/// The options from configuration, member by member. Not bound by the configuration binder: it can set no immutable
/// options, passes over misspelt names, and stops at the first error.
/// </summary>
internal static class OptionsConfiguration
{
    public static void Read(CleverTapOptions options, IConfiguration section)
    {
        var read = OptionsReader.From(section, options.ConfigurationErrors);
        options.AccountId = read.Text(nameof(options.AccountId), options.AccountId);
        options.Passcode = read.Text(nameof(options.Passcode), options.Passcode);
        options.Region = read.Text(nameof(options.Region), options.Region);
        options.Endpoint = read.Address(nameof(options.Endpoint), options.Endpoint);
        options.AllowInsecureEndpoint = read.Switch(nameof(options.AllowInsecureEndpoint), options.AllowInsecureEndpoint);
        options.Timeout = read.Time(nameof(options.Timeout), options.Timeout);
        options.Deadline = read.Time(nameof(options.Deadline), options.Deadline);
        options.MaxInFlight = read.Number(nameof(options.MaxInFlight), options.MaxInFlight);
        options.MaxAttempts = read.Number(nameof(options.MaxAttempts), options.MaxAttempts);
        options.RetryBaseDelay = read.Time(nameof(options.RetryBaseDelay), options.RetryBaseDelay);
        options.RetryMaxDelay = read.Time(nameof(options.RetryMaxDelay), options.RetryMaxDelay);
        options.MaxRetryAfter = read.Time(nameof(options.MaxRetryAfter), options.MaxRetryAfter);
        options.LostResponses = read.Choice(nameof(options.LostResponses), options.LostResponses);
        options.RepairProfiles = read.Switch(nameof(options.RepairProfiles), options.RepairProfiles);
        options.MaxBatchRecords = read.Number(nameof(options.MaxBatchRecords), options.MaxBatchRecords);
        options.MaxBatchBytes = read.Number(nameof(options.MaxBatchBytes), options.MaxBatchBytes);
        options.MaxResponseBytes = read.Number(nameof(options.MaxResponseBytes), options.MaxResponseBytes);
        options.ConnectTimeout = read.Time(nameof(options.ConnectTimeout), options.ConnectTimeout);
        options.DeduplicationWindow = ReadDeduplication(
            read.Section(nameof(options.DeduplicationWindow)),
            options.DeduplicationWindow,
            options.ConfigurationErrors
        );
        options.DryRun = read.Switch(nameof(options.DryRun), options.DryRun);
        options.CredentialsCheck = read.Choice(nameof(options.CredentialsCheck), options.CredentialsCheck);
        options.Mapping = ReadMapping(
            read.Section(nameof(options.Mapping)),
            MappingPreset.Default,
            options.Mapping,
            options.ConfigurationErrors
        );
        read.RejectOthers();
    }

    private static DeduplicationWindow ReadDeduplication(
        IConfigurationSection section,
        DeduplicationWindow defaultValue,
        List<string> errors
    )
    {
        var read = new OptionsReader(section, "DeduplicationWindow:", errors);
        var window = new DeduplicationWindow
        {
            Count = read.Number(nameof(defaultValue.Count), defaultValue.Count),
            Time = read.Time(nameof(defaultValue.Time), defaultValue.Time),
        };
        read.RejectOthers();
        return window;
    }

    public static void Read(BackgroundDeliveryOptions options, IConfiguration section)
    {
        var read = OptionsReader.From(section, options.ConfigurationErrors);
        Read(options, read);
        read.RejectOthers();
    }

    /// <summary>The options that all queues share; a queue of its own kind reads its own beside them.</summary>
    public static void Read(BackgroundDeliveryOptions options, OptionsReader read)
    {
        options.Capacity = read.Number(nameof(options.Capacity), options.Capacity);
        options.WhenFull = read.Choice(nameof(options.WhenFull), options.WhenFull);
        options.FlushSize = read.Number(nameof(options.FlushSize), options.FlushSize);
        options.FlushInterval = read.Time(nameof(options.FlushInterval), options.FlushInterval);
        options.GiveUpAfter = read.Time(nameof(options.GiveUpAfter), options.GiveUpAfter);
        options.MinAttempts = read.Number(nameof(options.MinAttempts), options.MinAttempts);
        options.HandlerGiveUpAfter = read.Time(nameof(options.HandlerGiveUpAfter), options.HandlerGiveUpAfter);
        options.RetryInterval = read.Time(nameof(options.RetryInterval), options.RetryInterval);
        options.UnauthorizedPause = read.Time(nameof(options.UnauthorizedPause), options.UnauthorizedPause);
        options.ShutdownDeadline = read.Time(nameof(options.ShutdownDeadline), options.ShutdownDeadline);
    }

    public static void Read(RudderTransformerOptions options, IConfiguration section)
    {
        var read = OptionsReader.From(section, options.ConfigurationErrors);
        options.Endpoint = read.Address(nameof(options.Endpoint), options.Endpoint);
        options.AllowInsecureEndpoint = read.Switch(nameof(options.AllowInsecureEndpoint), options.AllowInsecureEndpoint);
        options.Timeout = read.Time(nameof(options.Timeout), options.Timeout);
        options.ConnectTimeout = read.Time(nameof(options.ConnectTimeout), options.ConnectTimeout);
        options.MaxResponseBytes = read.Number(nameof(options.MaxResponseBytes), options.MaxResponseBytes);
        options.Mapping = ReadMapping(
            read.Section(nameof(options.Mapping)),
            MappingPreset.RudderTransformer,
            options.Mapping,
            options.ConfigurationErrors
        );
        read.RejectOthers();
    }

    /// <summary>Mapping options that start from <see cref="MappingOptions.Default"/> where no preset is named.</summary>
    public static MappingOptions ReadMapping(IConfigurationSection section, MappingOptions? current, List<string> errors) =>
        ReadMapping(section, MappingPreset.Default, current ?? MappingOptions.Default, errors);

    private static MappingOptions ReadMapping(
        IConfigurationSection section,
        MappingPreset usual,
        MappingOptions current,
        List<string> errors
    )
    {
        if (section.Value is { Length: > 0 })
        {
            errors.Add("Mapping is a section: name the preset in Mapping:Preset");
        }

        var read = new OptionsReader(section, "Mapping:", errors);
        MappingOptions preset =
            read.Choice("Preset", usual) == MappingPreset.Default ? MappingOptions.Default : MappingOptions.RudderTransformer;
        int maxEventBytes = read.Number(nameof(preset.MaxEventBytes), current.MaxEventBytes);
        if (maxEventBytes < 1)
        {
            errors.Add($"Mapping:MaxEventBytes must be positive, not {maxEventBytes}");
        }

        MappingOptions mapping = preset with
        {
            TrackAnonymous = read.Switch(nameof(preset.TrackAnonymous), preset.TrackAnonymous),
            EnableObjectIdMapping = read.Switch(nameof(preset.EnableObjectIdMapping), preset.EnableObjectIdMapping),
            NativeSdk = read.Flags(nameof(preset.NativeSdk), preset.NativeSdk),
            Consent = ReadConsent(read.Section(nameof(preset.Consent)), preset.Consent, errors),
            WebAllowEvents = read.Names(nameof(preset.WebAllowEvents)) ?? preset.WebAllowEvents,
            WebDenyEvents = read.Names(nameof(preset.WebDenyEvents)) ?? preset.WebDenyEvents,
            AllowEvents = read.Names(nameof(preset.AllowEvents)) ?? preset.AllowEvents,
            DenyEvents = read.Names(nameof(preset.DenyEvents)) ?? preset.DenyEvents,
            RenameEvents = read.NewNames(nameof(preset.RenameEvents)) ?? preset.RenameEvents,
            RenameTraits = read.NewNames(nameof(preset.RenameTraits)) ?? preset.RenameTraits,
            RenameProperties = read.NewNames(nameof(preset.RenameProperties)) ?? preset.RenameProperties,
            DropTraits = read.Names(nameof(preset.DropTraits)) ?? preset.DropTraits,
            DropProperties = read.Names(nameof(preset.DropProperties)) ?? preset.DropProperties,
            FilterUnsupportedCalls = read.Switch(nameof(preset.FilterUnsupportedCalls), preset.FilterUnsupportedCalls),
            GuardIdentityFields = read.Switch(nameof(preset.GuardIdentityFields), preset.GuardIdentityFields),
            LinkAnonymousProfiles = read.Switch(nameof(preset.LinkAnonymousProfiles), preset.LinkAnonymousProfiles),
            ViewNameFallback = read.Choice(nameof(preset.ViewNameFallback), preset.ViewNameFallback),
            ConvertDates = read.Switch(nameof(preset.ConvertDates), preset.ConvertDates),
            DateFields = read.Names(nameof(preset.DateFields)) ?? preset.DateFields,
            PhoneCountryCode = read.CountryCode(nameof(preset.PhoneCountryCode), preset.PhoneCountryCode),
            NestedValues = read.Choice(nameof(preset.NestedValues), preset.NestedValues),
            MultiValueArrays = read.Switch(nameof(preset.MultiValueArrays), preset.MultiValueArrays),
            OmitNullProperties = read.Switch(nameof(preset.OmitNullProperties), preset.OmitNullProperties),
            HonorIntegrations = read.Switch(nameof(preset.HonorIntegrations), preset.HonorIntegrations),
            RequireIds = read.Switch(nameof(preset.RequireIds), preset.RequireIds),
            TraitNaming = read.Choice(nameof(preset.TraitNaming), preset.TraitNaming),
            TraitPrecedence = read.Choice(nameof(preset.TraitPrecedence), preset.TraitPrecedence),
            NameFromOnePart = read.Switch(nameof(preset.NameFromOnePart), preset.NameFromOnePart),
            EscapeViewNames = read.Switch(nameof(preset.EscapeViewNames), preset.EscapeViewNames),
            WebPageNames = read.Choice(nameof(preset.WebPageNames), preset.WebPageNames),
            Timestamps = read.Choice(nameof(preset.Timestamps), preset.Timestamps),
            ConvertBirthday = read.Switch(nameof(preset.ConvertBirthday), preset.ConvertBirthday),
            NormalizeProfileFields = read.Switch(nameof(preset.NormalizeProfileFields), preset.NormalizeProfileFields),
            SendUnknownGender = read.Switch(nameof(preset.SendUnknownGender), preset.SendUnknownGender),
            KeepOperators = read.Switch(nameof(preset.KeepOperators), preset.KeepOperators),
            Charged = read.Choice(nameof(preset.Charged), preset.Charged),
            Numbers = read.Choice(nameof(preset.Numbers), preset.Numbers),
            CheckRules = read.Switch(nameof(preset.CheckRules), preset.CheckRules),
            MaxEventBytes = Math.Max(1, maxEventBytes),
            Mappers = current.Mappers,
        };
        read.RejectOthers();
        return mapping;
    }

    private static IReadOnlyList<ConsentRequirement> ReadConsent(
        IConfigurationSection section,
        IReadOnlyList<ConsentRequirement> defaultValue,
        List<string> errors
    )
    {
        List<ConsentRequirement> requirements = [.. section.GetChildren().Select(entry => ReadRequirement(entry, errors))];
        return requirements.Count == 0 ? defaultValue : requirements;
    }

    private static ConsentRequirement ReadRequirement(IConfigurationSection entry, List<string> errors)
    {
        var read = new OptionsReader(entry, $"Mapping:Consent:{entry.Key}:", errors);
        var defaults = new ConsentRequirement();
        var requirement = new ConsentRequirement
        {
            Provider = read.Text(nameof(defaults.Provider), defaults.Provider),
            ConsentIds = read.Names(nameof(defaults.ConsentIds)) ?? defaults.ConsentIds,
            Strategy = read.OptionalChoice<ConsentStrategy>(nameof(defaults.Strategy)),
            IsLegacy = read.Switch(nameof(defaults.IsLegacy), defaults.IsLegacy),
            Platform = read.OptionalChoice<SourcePlatform>(nameof(defaults.Platform)),
        };
        read.RejectOthers();
        return requirement;
    }

    private enum MappingPreset
    {
        Default,
        RudderTransformer,
    }
}
