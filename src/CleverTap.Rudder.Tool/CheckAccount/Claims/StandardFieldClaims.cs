using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary>The claims about the values of standard profile fields.</summary>
internal static class StandardFieldClaims
{
    public static IEnumerable<Claim> All => [.. Formats, .. Dates, .. Identity, FreeText()];

    private static Claim[] Formats =>
        [
            Field(
                "email",
                "Email must be an e-mail address",
                Grade.Confirmed,
                Sources.ObservedResponses,
                "Email",
                ["\"check@example.com\""],
                ["\"1234\"", "\"$$$$$\""]
            ),
            Field(
                "email-form",
                "An e-mail address has one @ and a dot in its domain",
                Grade.Unsure,
                Sources.Undocumented,
                "Email",
                ["\"first.last+tag@mail.example.com\""],
                ["\"\"", "\"a@b\"", "\"a@b@example.com\"", "5"]
            ),
            Field(
                "phone",
                "Phone must be +<country code><number>",
                Grade.Confirmed,
                Sources.ObservedResponses,
                "Phone",
                ["\"+12025550123\""],
                ["\"223\"", "\"123\"", "\"+44+441234\""]
            ),
            Field(
                "phone-form",
                "A phone number is text with a plus and digits alone",
                Grade.Unsure,
                Sources.Imports,
                "Phone",
                [],
                ["\"12025550123\"", "\"+1 202 555 0123\"", "12025550123"],
                Member.Option(nameof(MappingOptions.PhoneCountryCode))
            ),
            Field("gender", "Gender may be M or F", Grade.Confirmed, Sources.UploadProfiles, "Gender", ["\"M\"", "\"F\""], []),
            Field(
                "gender-values",
                "Gender may be m, male, f, female, o, others, u or unknown in any case, and nothing else",
                Grade.Unsure,
                Sources.ClientSdk,
                "Gender",
                [.. CleverTapRules.Genders.Names.Select(ProbeRecord.Text), "\"Male\""],
                ["\"X\"", "\"\"", "1"],
                Member.Of(CleverTapRules.Genders),
                Member.Option(nameof(MappingOptions.SendUnknownGender))
            ),
            Field(
                "employed",
                "Employed must be Y or N",
                Grade.Confirmed,
                Sources.ObservedResponses,
                "Employed",
                ["\"Y\"", "\"N\""],
                ["\"yes\""],
                Member.Option(nameof(MappingOptions.NormalizeProfileFields))
            ),
            Field(
                "education",
                "Education must be School, College or Graduate",
                Grade.Confirmed,
                Sources.ObservedResponses,
                "Education",
                ["\"School\"", "\"College\"", "\"Graduate\""],
                ["\"PhD\""],
                Member.Option(nameof(MappingOptions.NormalizeProfileFields))
            ),
            Field(
                "married",
                "Married must be Y or N",
                Grade.Confirmed,
                Sources.ObservedResponses,
                "Married",
                ["\"Y\"", "\"N\""],
                ["\"yes\""],
                Member.Option(nameof(MappingOptions.NormalizeProfileFields))
            ),
            Field(
                "age",
                "Age must be a number, which may be text",
                Grade.Confirmed,
                Sources.ObservedResponses,
                "Age",
                ["18", "\"18\""],
                ["\"aa\""]
            ),
            Field(
                "choices-exact",
                "Employed counts its letters as they are, and true is none of them",
                Grade.Unsure,
                Sources.Undocumented,
                "Employed",
                [],
                ["\"y\"", "true"]
            ),
        ];

    private static Claim[] Dates =>
        [
            Field(
                "birthday",
                "DOB is a date of the form $D_<seconds since 1970>",
                Grade.Confirmed,
                Sources.UploadProfiles,
                "DOB",
                ["\"$D_631152000\"", "\"$D_-631152000\""],
                [],
                Member.Option(nameof(MappingOptions.ConvertBirthday))
            ),
            Field(
                "birthday-text",
                "DOB in another form does not make CleverTap reject a profile",
                Grade.Unsure,
                Sources.Undocumented,
                "DOB",
                ["\"1990-01-31\""],
                []
            ),
        ];

    private static Claim[] Identity =>
        [
            Field(
                "profile-identity",
                "identity within a profile adds an id to it",
                Grade.Confirmed,
                Sources.ObservedResponses,
                "identity",
                [$"\"{Probe.User}\"", "990000000001"],
                [],
                Member.Option(nameof(MappingOptions.GuardIdentityFields)),
                Member.Of(CleverTapRules.IdentityNames),
                Member.Of(WarningCode.IdentityFieldOmitted)
            ),
            new(
                "profile-identity-rejected",
                "identity within a profile must be an id that a record could have",
                Grade.Unsure,
                Sources.Undocumented,
                [Member.Field("identity"), Member.Of(WarningCode.IdentityRejected), nameof(ProfileUploadValidator)],
                new UploadProbe(
                    ProbeRecord.Profile("null as text", "\"identity\":\"null\"", RecordCode.IdentityMissing),
                    ProbeRecord.Profile("0", "\"identity\":0", RecordCode.IdentityMissing),
                    ProbeRecord.Profile("object", "\"identity\":{}", RecordCode.IdentityMissing)
                )
            ),
        ];

    private static Claim FreeText()
    {
        string[] names = [.. CleverTapRules.StandardFields.Values.Where(field => field.IsValid is null).Select(field => field.NameText)];
        return new Claim(
            "free-text-fields",
            "The other standard fields may have any text",
            Grade.Confirmed,
            Sources.UploadProfiles,
            [.. names.Select(Member.Field), Member.Of(CleverTapRules.StandardFields)],
            new UploadProbe([.. names.Select(name => ProbeRecord.Profile(name, $"\"{name}\":\"{Probe.User}\""))])
        );
    }

    /// <summary>Creates a claim about a field that accepts some values and rejects others with its own code.</summary>
    private static Claim Field(
        string id,
        string statement,
        Grade grade,
        string source,
        string name,
        string[] accepted,
        string[] rejected,
        params string[] usedIn
    )
    {
        StandardField field = CleverTapRules.StandardFields[name];
        return new Claim(
            id,
            statement,
            grade,
            source,
            [Member.Field(name), .. usedIn, Member.Of(WarningCode.StandardFieldFormat), nameof(ProfileUploadValidator)],
            new UploadProbe([
                .. accepted.Select(value => ProbeRecord.Profile(value, $"\"{name}\":{value}")),
                .. rejected.Select(value => ProbeRecord.Profile(value, $"\"{name}\":{value}", (RecordCode)field.Code!.Value)),
            ])
        );
    }
}
