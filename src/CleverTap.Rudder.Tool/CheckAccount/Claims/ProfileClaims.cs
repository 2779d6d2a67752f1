using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary>The claims about profiles apart from the formats of their standard fields.</summary>
internal static class ProfileClaims
{
    public static IEnumerable<Claim> All => [.. Shapes, .. Names, .. Values, .. Operators, .. Messaging];

    private static Claim[] Shapes =>
        [
            new(
                "profile-data",
                "A profile must have an object profileData, which may be empty",
                Grade.Unsure,
                Sources.UploadProfiles,
                [Member.Of(RecordCode.UnknownRecord), nameof(ProfileUploadValidator)],
                new UploadProbe(
                    ProbeRecord.Profile("empty", ""),
                    new ProbeRecord("missing", $"{{\"identity\":\"{Probe.User}\",\"type\":\"profile\"}}", RecordCode.UnknownRecord)
                )
            ),
            new(
                "profile-fields",
                $"A profile of more than {CleverTapRules.ProfileFields} fields is not rejected",
                Grade.Unsure,
                Sources.UploadProfiles,
                [Member.Of(CleverTapRules.ProfileFields), Member.Of(WarningCode.TooManyProperties)],
                new UploadProbe(
                    ProbeRecord.Profile($"{CleverTapRules.ProfileFields}", ProbeRecord.Members(CleverTapRules.ProfileFields)),
                    ProbeRecord.Profile($"{CleverTapRules.ProfileFields + 1}", ProbeRecord.Members(CleverTapRules.ProfileFields + 1))
                )
            ),
        ];

    private static Claim[] Names =>
        [
            new(
                "field-name-length",
                $"A field name over {CleverTapRules.NameBytes} bytes does not make CleverTap reject a profile",
                Grade.Unsure,
                Sources.UploadProfiles,
                [Member.Of(CleverTapRules.NameBytes), Member.Of(WarningCode.NameTooLong)],
                new UploadProbe(
                    ProbeRecord.Profile("longest", $"\"{new string('n', CleverTapRules.NameBytes)}\":1"),
                    ProbeRecord.Profile("longer", $"\"{new string('n', CleverTapRules.NameBytes + 1)}\":1")
                )
            ),
            new(
                "field-name-characters",
                "Field names that are empty or have characters that CleverTap does not allow do not make it reject a profile",
                Grade.Unsure,
                Sources.PlatformConsiderations,
                [
                    Member.Of(CleverTapRules.ProhibitedInProfileNames),
                    Member.Of(WarningCode.ProhibitedCharacter),
                    Member.Of(WarningCode.EmptyName),
                ],
                new UploadProbe([
                    .. ProhibitedCharacters.InProfileNames.Select(sign =>
                        ProbeRecord.Profile($"{sign}", $"{ProbeRecord.Text($"a{sign}b")}:1")
                    ),
                    ProbeRecord.Profile("empty", "\"\":1"),
                ])
            ),
        ];

    private static Claim[] Values =>
        [
            new(
                "field-values",
                "A custom field is text, a number, true or false, or a date of the form $D_<seconds since 1970>",
                Grade.Confirmed,
                Sources.PlatformConsiderations,
                [nameof(ProfileRecord), Member.Option(nameof(MappingOptions.ConvertDates))],
                new UploadProbe(
                    ProbeRecord.Profile("text", "\"a\":\"b\""),
                    ProbeRecord.Profile("number", "\"a\":39.95"),
                    ProbeRecord.Profile("true", "\"a\":true"),
                    ProbeRecord.Profile("date", "\"a\":\"$D_1700000000\"")
                )
            ),
            new(
                "field-null",
                "A field that is null does not make CleverTap reject a profile, not even a standard field",
                Grade.Unsure,
                Sources.Undocumented,
                [nameof(ProfileUploadValidator)],
                new UploadProbe(ProbeRecord.Profile("custom", "\"a\":null"), ProbeRecord.Profile("standard", "\"Email\":null"))
            ),
            new(
                "field-value-length",
                $"A text over {CleverTapRules.ValueBytes} bytes does not make CleverTap reject a profile",
                Grade.Unsure,
                Sources.UploadProfiles,
                [Member.Of(CleverTapRules.ValueBytes), Member.Of(WarningCode.ValueTooLong)],
                new UploadProbe(
                    ProbeRecord.Profile("longest", $"\"a\":\"{new string('v', CleverTapRules.ValueBytes)}\""),
                    ProbeRecord.Profile("longer", $"\"a\":\"{new string('v', CleverTapRules.ValueBytes + 1)}\"")
                )
            ),
            new(
                "field-array",
                $"An array of texts is a multi-value field; more than {CleverTapRules.ValuesPerAttribute} values are not rejected",
                Grade.Unsure,
                Sources.PlatformConsiderations,
                [
                    Member.Of(CleverTapRules.ValuesPerAttribute),
                    Member.Of(WarningCode.TooManyValues),
                    Member.Option(nameof(MappingOptions.MultiValueArrays)),
                ],
                new UploadProbe(
                    ProbeRecord.Profile("two", "\"a\":[\"b\",\"c\"]"),
                    MultiValue(CleverTapRules.ValuesPerAttribute),
                    MultiValue(CleverTapRules.ValuesPerAttribute + 1)
                )
            ),
            new(
                "field-nested",
                "An object does not make CleverTap reject a profile",
                Grade.Unsure,
                Sources.Undocumented,
                [Member.Option(nameof(MappingOptions.NestedValues)), nameof(ProfileUploadValidator)],
                new UploadProbe(ProbeRecord.Profile("object", "\"a\":{\"b\":1}"))
            ),
        ];

    private static Claim[] Operators =>
        [
            new(
                "operators",
                "A custom field may have an operator instead of a value",
                Grade.Confirmed,
                Sources.UploadProfiles,
                [nameof(ProfileOperators), Member.Option(nameof(MappingOptions.KeepOperators))],
                new UploadProbe([.. ProfileOperators.Names.Where(name => !name.Equals("$set")).Select(Operator)])
            ),
            new(
                "operator-set",
                "The operator $set is accepted as in CleverTap's SDKs",
                Grade.Unsure,
                Sources.ClientSdk,
                [nameof(ProfileOperators), Member.Option(nameof(MappingOptions.KeepOperators))],
                new UploadProbe(Operator("$set"))
            ),
            new(
                "operator-on-standard-field",
                "A standard field may have an operator too",
                Grade.Unsure,
                Sources.Undocumented,
                [nameof(ProfileOperators), nameof(ProfileUploadValidator)],
                new UploadProbe(
                    ProbeRecord.Profile("delete", "\"Gender\":{\"$delete\":1}"),
                    ProbeRecord.Profile("increment", "\"Age\":{\"$incr\":1}")
                )
            ),
        ];

    private static Claim[] Messaging =>
        [
            new(
                "messaging-flags",
                "MSG-* are true or false",
                Grade.Confirmed,
                Sources.UploadProfiles,
                [
                    Member.Of(CleverTapRules.MessagingFlags),
                    nameof(Internal.Mapping.MessagingFlags),
                    Member.Option(nameof(MappingOptions.NormalizeProfileFields)),
                ],
                new UploadProbe([.. CleverTapRules.MessagingFlags.Names.Select(flag => ProbeRecord.Profile(flag, $"\"{flag}\":false"))])
            ),
            new(
                "messaging-flag-text",
                "MSG-* as text do not make CleverTap reject a profile",
                Grade.Unsure,
                Sources.Undocumented,
                [Member.Of(WarningCode.MessagingFlagNotBoolean)],
                new UploadProbe(ProbeRecord.Profile("text", "\"MSG-email\":\"no\""))
            ),
            new(
                "subscription-groups",
                "Subscription groups are nested values",
                Grade.Confirmed,
                "CleverTap docs, partner guide",
                [
                    Member.Of(CleverTapRules.CategoryUnsubscribe),
                    Member.Of(CleverTapRules.CategoryResubscribe),
                    Member.Of(CleverTapRules.SubscriptionGroups),
                    nameof(FieldWriter),
                ],
                new UploadProbe(
                    ProbeRecord.Profile("unsubscribe", "\"category-unsubscribe\":{\"email\":[\"News\"]}"),
                    ProbeRecord.Profile("resubscribe", "\"category-resubscribe\":{\"email\":[\"News\"]}")
                )
            ),
        ];

    private static ProbeRecord MultiValue(int count) =>
        ProbeRecord.Profile($"{count} values", $"\"a\":[{ProbeRecord.Elements(count, number => $"\"v{number}\"")}]");

    private static ProbeRecord Operator(Internal.Json.FieldName name)
    {
        string text = name.ToString();
        return ProbeRecord.Profile(text, $"\"a\":{{\"{text}\":{(text is "$incr" or "$decr" or "$delete" ? "1" : "[\"b\"]")}}}");
    }
}
