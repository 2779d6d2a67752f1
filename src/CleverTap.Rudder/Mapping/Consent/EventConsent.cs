using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>What an event's <c>context.consentManagement</c> says of its user's consents.</summary>
internal readonly struct EventConsent
{
    private readonly JsonSlice channel;
    private readonly JsonSlice context;
    private readonly JsonSlice provider;
    private readonly JsonSlice strategy;
    private readonly JsonSlice ids;
    private readonly bool areAllowed;

    private EventConsent(in ParsedEvent e, JsonSlice consentManagement, bool forWeb)
    {
        channel = e.Channel;
        context = e.Context;
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

        areAllowed = forWeb && allowed.Kind == JsonValueKind.Array;
        if (areAllowed)
        {
            ids = allowed;
        }
    }

    /// <summary>Whether the event says anything of consents. Without denied (of a page: allowed) consents nothing is denied.</summary>
    public bool IsGiven => ids.Kind == JsonValueKind.Array;

    public bool HasNoProvider => provider.IsNullOrMissing || provider.IsText(""u8);

    /// <summary>The event's own strategy, for requirements that leave it to the event.</summary>
    public ConsentStrategy Strategy => strategy.IsText("or"u8) ? ConsentStrategy.Or : ConsentStrategy.And;

    public static EventConsent Read(in ParsedEvent e, bool forWeb) => new(e, e.Context.Member("consentManagement"u8), forWeb);

    public bool IsOf(ReadOnlySpan<byte> name) => provider.IsText(name);

    /// <summary>Whether a consent is among the denied ones; of a page: whether it is not among the allowed ones.</summary>
    public bool Denies(ReadOnlySpan<byte> id) => Contains(id) != areAllowed;

    public bool IsFrom(SourcePlatform platform)
    {
        if (channel.IsText("mobile"u8))
        {
            return MobileSystem.Of(context) switch
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
