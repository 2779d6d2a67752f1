using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>The name of a trait or of a profile field, with everything that follows from the name alone.</summary>
/// <remarks>
/// Traits repeat, so all this is found out once: equal names of one event are the same object (<see cref="TraitNames"/>).
/// </remarks>
internal sealed class TraitName
{
    private TraitName? snakeCase;

    /// <summary>Creates a name.</summary>
    /// <param name="id">The number of the name.</param>
    /// <param name="text">The canonical text, in memory that does not change.</param>
    /// <param name="keepsSpelling">Whether the name is never converted to snake_case.</param>
    public TraitName(int id, FieldName text, bool keepsSpelling)
    {
        snakeCase = keepsSpelling ? this : null;
        Id = id;
        Text = text;
        StandardField = CleverTapRules.StandardFields.GetValueOrDefault(text);
        IsMessagingFlag = text.Span.StartsWith("MSG-"u8);
        IsSubscriptionGroup = CleverTapRules.IsSubscriptionGroup(text);
        MayBeIdentity = CleverTapRules.IdentityNames.Find(text.Span) is not null;
        string? optOut = CleverTapRules.MessagingFlags.Find(text.Span) ?? CleverTapRules.SubscriptionGroups.Find(text.Span);
        SimilarOptOut = optOut is not null && !text.Equals(optOut) ? optOut : null;
        NeedsWarning = SimilarOptOut is not null || IsSubscriptionGroup || RecordValidator.NeedsWarning(text.Span);
    }

    /// <summary>The number of the name, small and different from that of every other name of an event.</summary>
    public int Id { get; }

    public FieldName Text { get; }

    /// <summary>The standard field of CleverTap with this name; null if it is a custom attribute.</summary>
    public StandardField? StandardField { get; }

    /// <summary>Whether the field is a messaging flag of CleverTap, such as <c>MSG-push</c>.</summary>
    public bool IsMessagingFlag { get; }

    /// <summary>Whether the field contains subscription groups, which stay nested.</summary>
    public bool IsSubscriptionGroup { get; }

    /// <summary>Whether CleverTap may read the field as an identity.</summary>
    public bool MayBeIdentity { get; }

    /// <summary>The messaging flag or subscription group that the name resembles without being one; null if there is none.</summary>
    public string? SimilarOptOut { get; }

    /// <summary>Whether CleverTap may not accept the name as that of a custom attribute, or not as what it seems to be.</summary>
    public bool NeedsWarning { get; }

    /// <summary>The name in snake_case.</summary>
    /// <param name="names">The table that contains this name.</param>
    public TraitName ToSnakeCase(TraitNames names) => snakeCase ??= names.Find(SnakeCase.Convert(Text));

    public override string ToString() => Text.ToString();
}
