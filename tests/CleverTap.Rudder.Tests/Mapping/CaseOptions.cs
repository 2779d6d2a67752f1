using System.Text.Json;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>The options of a case, applied to a preset one by one.</summary>
internal static class CaseOptions
{
    public static MappingOptions Refine(MappingOptions preset, JsonElement options) =>
        options.ValueKind == JsonValueKind.Undefined ? preset : options.EnumerateObject().Aggregate(preset, With);

    private static MappingOptions With(MappingOptions options, JsonProperty option) => option.Name switch
    {
        "trackAnonymous" => options with { TrackAnonymous = option.Value.GetBoolean() },
        "enableObjectIdMapping" => options with { EnableObjectIdMapping = option.Value.GetBoolean() },
        "useNativeSdk" => options with { UseNativeSdk = option.Value.GetBoolean() },
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
        "numbers" => options with { Numbers = Enum.Parse<NumberSpelling>(option.Value.GetString()!) },
        "checkRules" => options with { CheckRules = option.Value.GetBoolean() },
        "maxEventBytes" => options with { MaxEventBytes = option.Value.GetInt32() },
        _ => throw new FormatException($"No option is called {option.Name}"),
    };
}
