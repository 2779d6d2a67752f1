using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Reads the consents that a <c>Config</c> requires.</summary>
/// <remarks>
/// Each setting is a list, as rudder-server receives it, or an object with a list for each source type, as the control plane stores it.
/// </remarks>
internal sealed class ConsentSettings(string? sourceType)
{
    /// <summary>The source types of each platform. The first of them whose list has an entry applies.</summary>
    private static readonly (SourcePlatform Platform, string[] SourceTypes)[] ByPlatform =
    [
        (SourcePlatform.Web, ["web", "amp", "shopify"]),
        (SourcePlatform.Android, ["android", "androidKotlin", "reactnative", "flutter", "unity", "cordova"]),
        (SourcePlatform.Ios, ["ios", "iosSwift", "reactnative", "flutter", "unity", "cordova"]),
        (SourcePlatform.Server, ["cloud"]),
        (SourcePlatform.Warehouse, ["warehouse"]),
    ];

    private static readonly ConsentRequirement OneTrust = new()
    {
        Provider = "oneTrust",
        Strategy = ConsentStrategy.And,
        IsLegacy = true,
    };
    private static readonly ConsentRequirement Ketch = new()
    {
        Provider = "ketch",
        Strategy = ConsentStrategy.Or,
        IsLegacy = true,
    };

    /// <summary>Reads the requirements. Returns null if no consent is required.</summary>
    public IReadOnlyList<ConsentRequirement>? Read(JsonSlice config)
    {
        List<ConsentRequirement> requirements =
        [
            .. Read(config.Member("consentManagement"u8), ByProvider),
            .. Read(config.Member("oneTrustCookieCategories"u8), list => Legacy(OneTrust, list, "oneTrustCookieCategory")),
            .. Read(config.Member("ketchConsentPurposes"u8), list => Legacy(Ketch, list, "purpose")),
        ];
        return requirements.Count == 0 ? null : requirements;
    }

    private List<ConsentRequirement> Read(JsonSlice setting, Func<JsonSlice, List<ConsentRequirement>> read)
    {
        if (setting.Kind != JsonValueKind.Object)
        {
            return read(setting);
        }

        if (sourceType is not null)
        {
            return read(ListOf(setting, sourceType));
        }

        List<ConsentRequirement> all = [];
        foreach ((SourcePlatform platform, string[] sourceTypes) in ByPlatform)
        {
            IEnumerable<List<ConsentRequirement>> lists = sourceTypes.Select(type => read(ListOf(setting, type)));
            List<ConsentRequirement>? first = lists.FirstOrDefault(list => list.Count > 0);
            all.AddRange((first ?? []).Select(requirement => requirement with { Platform = platform }));
        }

        return all;
    }

    private static JsonSlice ListOf(JsonSlice setting, string type)
    {
        var members = new MemberReader(setting);
        while (members.Next())
        {
            if (members.Name.ToString().Equals(type, StringComparison.OrdinalIgnoreCase))
            {
                return members.Value;
            }
        }

        return default;
    }

    private static List<ConsentRequirement> ByProvider(JsonSlice list)
    {
        List<ConsentRequirement> requirements = [];
        foreach (JsonSlice entry in list.Elements())
        {
            var requirement = new ConsentRequirement
            {
                Provider = entry.Member("provider"u8).ToText() is { Length: > 0 } text ? text : OneTrust.Provider,
                ConsentIds = ConfigValues.Texts(entry.Member("consents"u8), "consent"),
            };
            if (requirement.ConsentIds.Count > 0)
            {
                requirements.Add(requirement with { Strategy = requirement.Provider == "custom" ? StrategyOf(entry) : null });
            }
        }

        return requirements;
    }

    /// <summary>Reads the strategy of the provider <c>custom</c>. For other providers the event gives the strategy.</summary>
    private static ConsentStrategy StrategyOf(JsonSlice entry) =>
        entry.Member("resolutionStrategy"u8).IsText("or"u8) ? ConsentStrategy.Or : ConsentStrategy.And;

    private static List<ConsentRequirement> Legacy(ConsentRequirement requirement, JsonSlice list, string member)
    {
        IReadOnlyList<string> ids = ConfigValues.Texts(list, member);
        return ids.Count == 0 ? [] : [requirement with { ConsentIds = ids }];
    }
}
