using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Checks events against the requirements of <see cref="MappingOptions.Consent"/>.</summary>
/// <remarks>It is immutable. Two instances are equal if their requirements are equal.</remarks>
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

    /// <summary>Whether the user of the event denies a required consent.</summary>
    public bool IsDenied(in ParsedEvent parsed, bool forWeb)
    {
        EventConsent consent = EventConsent.Read(parsed, forWeb);
        if (!consent.IsGiven)
        {
            return false;
        }

        bool hasMatchingRule = false;
        foreach (Rule rule in rules)
        {
            if (!rule.IsLegacy && rule.AppliesTo(consent))
            {
                hasMatchingRule = true;
                if (rule.IsDeniedBy(consent))
                {
                    return true;
                }
            }
        }

        return !hasMatchingRule && IsDeniedByLegacyRules(consent);
    }

    public bool Equals(ConsentRules? other) => other is not null && Requirements.SequenceEqual(other.Requirements);

    public override bool Equals(object? obj) => Equals(obj as ConsentRules);

    public override int GetHashCode() => Requirements.Count;

    private bool IsDeniedByLegacyRules(in EventConsent consent)
    {
        foreach (Rule rule in rules)
        {
            if (rule.IsLegacy && rule.AppliesTo(consent) && rule.IsDeniedBy(consent))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Holds a requirement with its texts encoded as in JSON.</summary>
    private sealed class Rule(ConsentRequirement requirement)
    {
        private readonly byte[] provider = JsonText.Encode(requirement.Provider);
        private readonly byte[][] ids = [.. requirement.ConsentIds.Select(id => JsonText.Encode(id))];
        private readonly ConsentStrategy? strategy =
            requirement.Strategy ?? (requirement.Provider == "custom" ? ConsentStrategy.And : null);

        public bool IsLegacy => requirement.IsLegacy;

        public bool AppliesTo(in EventConsent consent) =>
            (consent.IsFromProvider(provider) || (IsLegacy && consent.HasNoProvider))
            && (requirement.Platform is not { } platform || consent.IsFromPlatform(platform));

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
