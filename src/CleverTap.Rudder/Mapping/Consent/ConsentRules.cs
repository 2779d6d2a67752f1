using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>
/// The requirements of <see cref="MappingOptions.Consent"/>, ready to be held against events. Immutable; equal if the requirements are.
/// </summary>
internal sealed class ConsentRules : IEquatable<ConsentRules>
{
    public static readonly ConsentRules None = new([]);

    private readonly Rule[] rules;

    public ConsentRules(IReadOnlyList<ConsentRequirement> requirements)
    {
        ArgumentNullException.ThrowIfNull(requirements);
        Requirements = [.. requirements];
        rules = [.. Requirements.Where(requirement => requirement.ConsentIds.Count > 0).Select(requirement => new Rule(requirement))];
    }

    public IReadOnlyList<ConsentRequirement> Requirements { get; }

    public bool IsEmpty => rules.Length == 0;

    /// <summary>Whether the event's user denies what is required.</summary>
    public bool AreDenied(in ParsedEvent e, bool forWeb)
    {
        EventConsent consent = EventConsent.Read(e, forWeb);
        if (!consent.IsGiven)
        {
            return false;
        }

        bool isDecided = false;
        foreach (Rule rule in rules)
        {
            if (!rule.IsLegacy && rule.IsFor(consent))
            {
                isDecided = true;
                if (rule.IsDeniedBy(consent))
                {
                    return true;
                }
            }
        }

        return !isDecided && AreDeniedByLegacy(consent);
    }

    public bool Equals(ConsentRules? other) => other is not null && Requirements.SequenceEqual(other.Requirements);

    public override bool Equals(object? obj) => Equals(obj as ConsentRules);

    public override int GetHashCode() => Requirements.Count;

    private bool AreDeniedByLegacy(in EventConsent consent)
    {
        foreach (Rule rule in rules)
        {
            if (rule.IsLegacy && rule.IsFor(consent) && rule.IsDeniedBy(consent))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A requirement with its texts as they stand in JSON.</summary>
    private sealed class Rule(ConsentRequirement requirement)
    {
        private readonly byte[] provider = JsonText.Encode(requirement.Provider);
        private readonly byte[][] ids = [.. requirement.ConsentIds.Select(id => JsonText.Encode(id))];
        private readonly ConsentStrategy? strategy =
            requirement.Strategy ?? (requirement.Provider == "custom" ? ConsentStrategy.And : null);

        public bool IsLegacy => requirement.IsLegacy;

        public bool IsFor(in EventConsent consent) =>
            (consent.IsOf(provider) || (IsLegacy && consent.HasNoProvider))
            && (requirement.Platform is not { } platform || consent.IsFrom(platform));

        public bool IsDeniedBy(in EventConsent consent)
        {
            bool needsAll = (strategy ?? consent.Strategy) == ConsentStrategy.And;
            foreach (byte[] id in ids)
            {
                if (consent.Denies(id) == needsAll)
                {
                    return needsAll;
                }
            }

            return !needsAll;
        }
    }
}
