using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Holds the consents of a user, from the event's <c>context.consentManagement</c>.</summary>
internal readonly struct EventConsent
{
    private readonly JsonSlice channel;
    private readonly JsonSlice eventContext;
    private readonly JsonSlice provider;
    private readonly JsonSlice strategy;
    private readonly JsonSlice ids;
    private readonly bool isAllowList;

    private EventConsent(in ParsedEvent parsed, JsonSlice consentManagement, bool forWeb)
    {
        channel = parsed.Channel;
        eventContext = parsed.Context;
        JsonSlice allowed = default;
        var members = new MemberReader(consentManagement);
        while (members.Next())
        {
            ReadOnlySpan<byte> name = members.NameSpan;
            if (name.SequenceEqual("provider"u8))
            {
                provider = members.Value;
            }
            else if (name.SequenceEqual("resolutionStrategy"u8))
            {
                strategy = members.Value;
            }
            else if (name.SequenceEqual("deniedConsentIds"u8))
            {
                ids = members.Value;
            }
            else if (name.SequenceEqual("allowedConsentIds"u8))
            {
                allowed = members.Value;
            }
        }

        isAllowList = forWeb && allowed.Kind == JsonValueKind.Array;
        if (isAllowList)
        {
            ids = allowed;
        }
    }

    /// <summary>Whether the event contains denied consents or, for a page, allowed consents. If not, nothing is denied.</summary>
    public bool IsGiven => ids.Kind == JsonValueKind.Array;

    public bool HasNoProvider => provider.IsNullOrMissing || provider.IsText(""u8);

    /// <summary>Gets the strategy of the event, for requirements without a strategy.</summary>
    public ConsentStrategy Strategy => strategy.IsText("or"u8) ? ConsentStrategy.Or : ConsentStrategy.And;

    public static EventConsent Read(in ParsedEvent parsed, bool forWeb) =>
        new(parsed, parsed.Context.Member("consentManagement"u8), forWeb);

    public bool IsFromProvider(ReadOnlySpan<byte> name) => provider.IsText(name);

    /// <summary>Whether a consent is in the list of denied consents or, for a page, not in the list of allowed consents.</summary>
    public bool Denies(ReadOnlySpan<byte> id) => Contains(id) != isAllowList;

    public bool IsFromPlatform(SourcePlatform platform)
    {
        if (channel.IsText("mobile"u8))
        {
            return MobileSystem.Read(eventContext) switch
            {
                MobileSystem.Kind.Android => platform == SourcePlatform.Android,
                MobileSystem.Kind.Apple => platform == SourcePlatform.Ios,
                _ => platform is SourcePlatform.Android or SourcePlatform.Ios,
            };
        }

        if (channel.IsText("web"u8))
        {
            return platform == SourcePlatform.Web;
        }

        return platform == (channel.IsText("sources"u8) ? SourcePlatform.Warehouse : SourcePlatform.Server);
    }

    private bool Contains(ReadOnlySpan<byte> id)
    {
        var elements = new ElementReader(ids);
        while (elements.Next())
        {
            if (elements.Value.IsText(id))
            {
                return true;
            }
        }

        return false;
    }
}
