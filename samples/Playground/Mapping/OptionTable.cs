using CleverTap.Rudder;

namespace Playground.Mapping;

/// <summary>Lists every member of <see cref="MappingOptions"/> that is a value or a list of values.</summary>
/// <remarks>
/// Renamed events, traits and properties and the mappers of a host are not included. A test checks that no other is missing.
/// </remarks>
internal static class OptionTable
{
    public static IReadOnlyList<OptionRow> Rows { get; } =
    [
        OptionRow.Choice(
            nameof(MappingOptions.NestedValues),
            options => options.NestedValues,
            "objects and arrays as JSON text, as fields of their own, or kept nested"
        ),
        OptionRow.Choice(
            nameof(MappingOptions.ViewNameFallback),
            options => options.ViewNameFallback,
            "where a page without a name gets one from"
        ),
        OptionRow.Switch(
            nameof(MappingOptions.MultiValueArrays),
            options => options.MultiValueArrays,
            "arrays in traits become multi-values"
        ),
        OptionRow.Switch(
            nameof(MappingOptions.LinkAnonymousProfiles),
            options => options.LinkAnonymousProfiles,
            "an identify call also links the anonymous profile"
        ),
        OptionRow.Names(
            nameof(MappingOptions.DateFields),
            options => options.DateFields,
            "traits and properties whose ISO texts become dates"
        ),
        OptionRow.Text(
            nameof(MappingOptions.PhoneCountryCode),
            options => options.PhoneCountryCode,
            "for phone numbers without a country code, such as +49"
        ),
        OptionRow.Switch(
            nameof(MappingOptions.NormalizeProfileFields),
            options => options.NormalizeProfileFields,
            "yes and no, education, MSG flags and phone numbers in CleverTap's form"
        ),
        OptionRow.Switch(
            nameof(MappingOptions.OmitNullProperties),
            options => options.OmitNullProperties,
            "properties that are null are omitted"
        ),
        OptionRow.Switch(
            nameof(MappingOptions.GuardIdentityFields),
            options => options.GuardIdentityFields,
            "traits that would become an identity are omitted"
        ),
        OptionRow.Choice(nameof(MappingOptions.Timestamps), options => options.Timestamps, "where the time of a record comes from"),
        OptionRow.Choice(nameof(MappingOptions.Charged), options => options.Charged, "how an order becomes Charged"),
        OptionRow.Switch(nameof(MappingOptions.ConvertBirthday), options => options.ConvertBirthday, "an ISO birthday becomes a date"),
        OptionRow.Switch(
            nameof(MappingOptions.ConvertDates),
            options => options.ConvertDates,
            ".NET dates of events that are built in code become dates"
        ),
        OptionRow.Choice(nameof(MappingOptions.TraitNaming), options => options.TraitNaming, "names of custom traits"),
        OptionRow.Choice(
            nameof(MappingOptions.TraitPrecedence),
            options => options.TraitPrecedence,
            "which of two custom traits with one name is sent"
        ),
        OptionRow.Switch(
            nameof(MappingOptions.NameFromOnePart),
            options => options.NameFromOnePart,
            "a first or last name alone becomes the Name"
        ),
        OptionRow.Switch(
            nameof(MappingOptions.SendUnknownGender),
            options => options.SendUnknownGender,
            "other genders than male and female are sent"
        ),
        OptionRow.Switch(nameof(MappingOptions.KeepOperators), options => options.KeepOperators, "$add, $incr and the like stay operators"),
        OptionRow.Switch(
            nameof(MappingOptions.EscapeViewNames),
            options => options.EscapeViewNames,
            "page and screen names are HTML-escaped"
        ),
        OptionRow.Choice(nameof(MappingOptions.WebPageNames), options => options.WebPageNames, "names of page views in device mode"),
        OptionRow.Choice(nameof(MappingOptions.Numbers), options => options.Numbers, "whether large integers keep every digit"),
        OptionRow.Switch(
            nameof(MappingOptions.TrackAnonymous),
            options => options.TrackAnonymous,
            "events without a user id are sent under the anonymous id"
        ),
        OptionRow.Switch(
            nameof(MappingOptions.EnableObjectIdMapping),
            options => options.EnableObjectIdMapping,
            "the anonymous id is the objectId"
        ),
        OptionRow.Switch(nameof(MappingOptions.RequireIds), options => options.RequireIds, "an event without ids is an error"),
        OptionRow.Switch(
            nameof(MappingOptions.FilterUnsupportedCalls),
            options => options.FilterUnsupportedCalls,
            "group calls are filtered instead of being an error"
        ),
        OptionRow.Switch(
            nameof(MappingOptions.HonorIntegrations),
            options => options.HonorIntegrations,
            "integrations can keep an event from CleverTap"
        ),
        OptionRow.Flags(nameof(MappingOptions.NativeSdk), options => options.NativeSdk, "platforms whose own SDK sends the events"),
        OptionRow.Text(
            $"{nameof(MappingOptions.Consent)}:0:{nameof(ConsentRequirement.Provider)}",
            options => GetFirstRequirement(options)?.Provider,
            "consent provider: oneTrust, ketch, iubenda or custom"
        ),
        OptionRow.Names(
            $"{nameof(MappingOptions.Consent)}:0:{nameof(ConsentRequirement.ConsentIds)}",
            options => GetFirstRequirement(options)?.ConsentIds,
            "consents that CleverTap needs"
        ),
        OptionRow.Text(
            $"{nameof(MappingOptions.Consent)}:0:{nameof(ConsentRequirement.Strategy)}",
            options => GetFirstRequirement(options)?.Strategy?.ToString(),
            "And: each consent is needed; Or: one is enough"
        ),
        OptionRow.Names(nameof(MappingOptions.WebAllowEvents), options => options.WebAllowEvents, "the only track events in device mode"),
        OptionRow.Names(nameof(MappingOptions.WebDenyEvents), options => options.WebDenyEvents, "track events that device mode filters"),
        OptionRow.Names(
            nameof(MappingOptions.AllowEvents),
            options => options.AllowEvents,
            "the only track, page and screen events that are mapped"
        ),
        OptionRow.Names(
            nameof(MappingOptions.DenyEvents),
            options => options.DenyEvents,
            "track, page and screen events that are filtered"
        ),
        OptionRow.Names(nameof(MappingOptions.DropTraits), options => options.DropTraits, "traits that are not sent"),
        OptionRow.Names(nameof(MappingOptions.DropProperties), options => options.DropProperties, "properties that are not sent"),
        OptionRow.Switch(
            nameof(MappingOptions.CheckRules),
            options => options.CheckRules,
            "records are checked by CleverTap's rules and give warnings"
        ),
        OptionRow.Number(nameof(MappingOptions.MaxEventBytes), options => options.MaxEventBytes, "the largest accepted event, in bytes"),
    ];

    public static void MapOptions(this WebApplication app) => app.MapGet("/api/options", () => Rows);

    private static ConsentRequirement? GetFirstRequirement(MappingOptions options) => options.Consent.Count > 0 ? options.Consent[0] : null;
}
