using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary>A rule that no probe shows, and the reason.</summary>
/// <param name="Rule">The member that holds the rule, or the record code.</param>
/// <param name="Reason">Why no probe shows it.</param>
internal sealed record Unprobed(string Rule, string Reason)
{
    public static readonly Unprobed[] All =
    [
        new(Member.Of(RecordCode.ServerError), "The server cannot be made to fail"),
        new("record code 528", "A dry run cannot discard an event, which is done in CleverTap's dashboard"),
        new("record code 535", "CleverTap documents it like 531, and nothing here relies on it"),
        new("error texts of the other codes", "CleverTap's were never observed; the emulator's are its own"),
        new(Member.Client(nameof(CleverTapClient.DemergeProfilesAsync)), "It has no dry run, and may lose events of the profiles"),
        new(Member.Client(nameof(CleverTapClient.DisassociateAsync)), "It has no dry run, and changes every profile that has the number"),
        new(
            Member.Of(CleverTapRules.RequestsInFlight),
            "More than 15 requests at once would make CleverTap reject the account's other senders"
        ),
        new(Member.Of(CleverTapRules.NestedLevels), "Nested Objects are a feature of the account; the probes expect an account without it"),
        new(
            Member.Of(CleverTapRules.TokenTypes),
            "A token is accepted only for a device that CleverTap's SDK has registered, and of its kind"
        ),
        new(Member.Of(WarningCode.NameCollision), "It is about the mapping, not about CleverTap"),
        new(
            Member.Of(WarningCode.MessagingFlagUnknown),
            "CleverTap stores such a trait as an attribute; no call shows that nobody opted out"
        ),
        new(Member.Of(WarningCode.FieldIgnored), "It is about the mapping, not about CleverTap"),
    ];
}
