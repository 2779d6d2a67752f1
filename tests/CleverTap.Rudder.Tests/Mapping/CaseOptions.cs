using System.Text.Json;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Applies the options of a case to a preset.</summary>
internal static class CaseOptions
{
    public static MappingOptions Refine(MappingOptions preset, JsonElement options) =>
        options.ValueKind == JsonValueKind.Undefined ? preset : options.EnumerateObject().Aggregate(preset, With);

    private static MappingOptions With(MappingOptions options, JsonProperty option) =>
        option.Name switch
        {
            "trackAnonymous" => options with { TrackAnonymous = option.Value.GetBoolean() },
            "enableObjectIdMapping" => options with { EnableObjectIdMapping = option.Value.GetBoolean() },
            "nativeSdk" => options with { NativeSdk = Enum.Parse<NativeSdkPlatforms>(option.Value.GetString()!) },
            "consent" => options with { Consent = [.. option.Value.EnumerateArray().Select(Requirement)] },
            "webAllowEvents" => options with { WebAllowEvents = Names(option.Value) },
            "webDenyEvents" => options with { WebDenyEvents = Names(option.Value) },
            "allowEvents" => options with { AllowEvents = Names(option.Value) },
            "denyEvents" => options with { DenyEvents = Names(option.Value) },
            "renameEvents" => options with { RenameEvents = NewNames(option.Value) },
            "renameTraits" => options with { RenameTraits = NewNames(option.Value) },
            "renameProperties" => options with { RenameProperties = NewNames(option.Value) },
            "dropTraits" => options with { DropTraits = Names(option.Value) },
            "dropProperties" => options with { DropProperties = Names(option.Value) },
            "filterUnsupportedCalls" => options with { FilterUnsupportedCalls = option.Value.GetBoolean() },
            "guardIdentityFields" => options with { GuardIdentityFields = option.Value.GetBoolean() },
            "linkAnonymousProfiles" => options with { LinkAnonymousProfiles = option.Value.GetBoolean() },
            "viewNameFallback" => options with { ViewNameFallback = Enum.Parse<ViewNameFallback>(option.Value.GetString()!) },
            "convertDates" => options with { ConvertDates = option.Value.GetBoolean() },
            "dateFields" => options with { DateFields = Names(option.Value) },
            "phoneCountryCode" => options with { PhoneCountryCode = option.Value.GetString() },
            "nestedValues" => options with { NestedValues = Enum.Parse<NestedValues>(option.Value.GetString()!) },
            "multiValueArrays" => options with { MultiValueArrays = option.Value.GetBoolean() },
            "omitNullProperties" => options with { OmitNullProperties = option.Value.GetBoolean() },
            "honorIntegrations" => options with { HonorIntegrations = option.Value.GetBoolean() },
            "requireIds" => options with { RequireIds = option.Value.GetBoolean() },
            "traitNaming" => options with { TraitNaming = Enum.Parse<TraitNaming>(option.Value.GetString()!) },
            "traitPrecedence" => options with { TraitPrecedence = Enum.Parse<TraitPrecedence>(option.Value.GetString()!) },
            "nameFromOnePart" => options with { NameFromOnePart = option.Value.GetBoolean() },
            "escapeViewNames" => options with { EscapeViewNames = option.Value.GetBoolean() },
            "webPageNames" => options with { WebPageNames = Enum.Parse<WebPageNames>(option.Value.GetString()!) },
            "timestamps" => options with { Timestamps = Enum.Parse<TimestampSource>(option.Value.GetString()!) },
            "convertBirthday" => options with { ConvertBirthday = option.Value.GetBoolean() },
            "normalizeProfileFields" => options with { NormalizeProfileFields = option.Value.GetBoolean() },
            "sendUnknownGender" => options with { SendUnknownGender = option.Value.GetBoolean() },
            "keepOperators" => options with { KeepOperators = option.Value.GetBoolean() },
            "charged" => options with { Charged = Enum.Parse<ChargedMapping>(option.Value.GetString()!) },
            "numbers" => options with { Numbers = Enum.Parse<NumberFormat>(option.Value.GetString()!) },
            "checkRules" => options with { CheckRules = option.Value.GetBoolean() },
            "maxEventBytes" => options with { MaxEventBytes = option.Value.GetInt32() },
            _ => throw new FormatException($"Unknown option {option.Name}"),
        };

    private static string[] Names(JsonElement list) => [.. list.EnumerateArray().Select(name => name.GetString()!)];

    private static Dictionary<string, string> NewNames(JsonElement names) =>
        names.EnumerateObject().ToDictionary(name => name.Name, name => name.Value.GetString()!);

    private static ConsentRequirement Requirement(JsonElement json) =>
        new()
        {
            Provider = json.GetProperty("provider").GetString()!,
            ConsentIds = Names(json.GetProperty("consentIds")),
            Strategy = json.TryGetProperty("strategy", out JsonElement strategy)
                ? Enum.Parse<ConsentStrategy>(strategy.GetString()!)
                : null,
            IsLegacy = json.TryGetProperty("isLegacy", out JsonElement isLegacy) && isLegacy.GetBoolean(),
            Platform = json.TryGetProperty("platform", out JsonElement platform) ? Enum.Parse<SourcePlatform>(platform.GetString()!) : null,
        };
}
