using CsCheck;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Generates mapping options: every option with any of its values, based on either preset.</summary>
internal static class GenOptions
{
    private static readonly Gen<string> FieldName = Gen.OneOf(
        "a",
        "A",
        "b",
        "birthday",
        "email",
        "first_login",
        "firstLogin",
        "revenue",
        "Amount",
        "Items",
        "ts",
        "when",
        "o_a",
        "MSG-email",
        "identity"
    );

    private static readonly Gen<string[]> Names = FieldName.Array[0, 4];

    private static readonly Gen<ConsentRequirement> Requirement = Gen.Select(
        Gen.OneOf("oneTrust", "ketch", "iubenda", "custom", ""),
        Gen.OneOf("c1", "c2", "").Array[0, 3],
        Gen.OneOf<ConsentStrategy?>(null, ConsentStrategy.And, ConsentStrategy.Or),
        (provider, ids, strategy) =>
            new ConsentRequirement
            {
                Provider = provider,
                ConsentIds = ids,
                Strategy = strategy,
            }
    );

    /// <summary>Rules that do not contradict each other in any combination: a name is in only one of the lists.</summary>
    private static readonly (string Name, Gen<Func<MappingOptions, MappingOptions>> Change)[] RuleChanges =
    [
        Any(
            nameof(MappingOptions.AllowEvents),
            Gen.Frequency((6, Gen.Const((string[])null!)), (1, Gen.OneOf("Seen", "Charged", "Web Page Viewed").Array[0, 3])),
            (options, value) => options with { AllowEvents = value }
        ),
        Any(
            nameof(MappingOptions.DenyEvents),
            Gen.OneOf("Order Completed", "a", "Web Page Viewed: a", "Screen Viewed").Array[0, 3],
            (options, value) => options with { DenyEvents = value }
        ),
        Any(
            nameof(MappingOptions.RenameEvents),
            NewNames(("Seen", "Order Completed"), ("Order Completed", "Bought"), ("Charged", "Seen"), ("Screen Viewed", "Screen")),
            (options, value) => options with { RenameEvents = value }
        ),
        Any(
            nameof(MappingOptions.RenameTraits),
            NewNames(("a", "Email"), ("email", "Plan"), ("o", "O O"), ("firstLogin", "a"), ("id", "phone"), ("First Login", "firstName")),
            (options, value) => options with { RenameTraits = value }
        ),
        Any(
            nameof(MappingOptions.RenameProperties),
            NewNames(("a", "name"), ("name", "a"), ("revenue", "Amount"), ("value", "revenue"), ("o", "products"), ("items", "Items")),
            (options, value) => options with { RenameProperties = value }
        ),
        Any(
            nameof(MappingOptions.DropTraits),
            Gen.OneOf("A", "b", "birthday", "userId", "overrideFields", "MSG-email").Array[0, 3],
            (options, value) => options with { DropTraits = value }
        ),
        Any(
            nameof(MappingOptions.DropProperties),
            Gen.OneOf("A", "b", "products", "ts", "event", "category").Array[0, 3],
            (options, value) => options with { DropProperties = value }
        ),
    ];

    private static readonly (string Name, Gen<Func<MappingOptions, MappingOptions>> Change)[] Changes =
    [
        Any(nameof(MappingOptions.TrackAnonymous), Gen.Bool, (options, value) => options with { TrackAnonymous = value }),
        Any(nameof(MappingOptions.EnableObjectIdMapping), Gen.Bool, (options, value) => options with { EnableObjectIdMapping = value }),
        Any(
            nameof(MappingOptions.NativeSdk),
            Gen.Int[0, (int)NativeSdkPlatforms.All],
            (options, value) => options with { NativeSdk = (NativeSdkPlatforms)value }
        ),
        Any(nameof(MappingOptions.Consent), Requirement.Array[0, 3], (options, value) => options with { Consent = value }),
        Any(
            nameof(MappingOptions.WebAllowEvents),
            Gen.Frequency((3, Gen.Const((string[])null!)), (1, Names)),
            (options, value) => options with { WebAllowEvents = value }
        ),
        Any(nameof(MappingOptions.WebDenyEvents), Names, (options, value) => options with { WebDenyEvents = value }),
        Any(nameof(MappingOptions.FilterUnsupportedCalls), Gen.Bool, (options, value) => options with { FilterUnsupportedCalls = value }),
        Any(nameof(MappingOptions.HonorIntegrations), Gen.Bool, (options, value) => options with { HonorIntegrations = value }),
        Any(nameof(MappingOptions.RequireIds), Gen.Bool, (options, value) => options with { RequireIds = value }),
        Any(nameof(MappingOptions.GuardIdentityFields), Gen.Bool, (options, value) => options with { GuardIdentityFields = value }),
        Any(nameof(MappingOptions.LinkAnonymousProfiles), Gen.Bool, (options, value) => options with { LinkAnonymousProfiles = value }),
        Any(nameof(MappingOptions.TraitNaming), Choice<TraitNaming>(), (options, value) => options with { TraitNaming = value }),
        Any(
            nameof(MappingOptions.TraitPrecedence),
            Choice<TraitPrecedence>(),
            (options, value) => options with { TraitPrecedence = value }
        ),
        Any(nameof(MappingOptions.NameFromOnePart), Gen.Bool, (options, value) => options with { NameFromOnePart = value }),
        Any(nameof(MappingOptions.EscapeViewNames), Gen.Bool, (options, value) => options with { EscapeViewNames = value }),
        Any(
            nameof(MappingOptions.ViewNameFallback),
            Choice<ViewNameFallback>(),
            (options, value) => options with { ViewNameFallback = value }
        ),
        Any(nameof(MappingOptions.WebPageNames), Choice<WebPageNames>(), (options, value) => options with { WebPageNames = value }),
        Any(nameof(MappingOptions.Timestamps), Choice<TimestampSource>(), (options, value) => options with { Timestamps = value }),
        Any(nameof(MappingOptions.ConvertBirthday), Gen.Bool, (options, value) => options with { ConvertBirthday = value }),
        Any(nameof(MappingOptions.ConvertDates), Gen.Bool, (options, value) => options with { ConvertDates = value }),
        Any(nameof(MappingOptions.DateFields), Names, (options, value) => options with { DateFields = value }),
        Any(nameof(MappingOptions.NormalizeProfileFields), Gen.Bool, (options, value) => options with { NormalizeProfileFields = value }),
        Any(
            nameof(MappingOptions.PhoneCountryCode),
            Gen.OneOf("+49", "39", "1", " +971 ", ""),
            (options, value) => options with { PhoneCountryCode = value }
        ),
        Any(nameof(MappingOptions.SendUnknownGender), Gen.Bool, (options, value) => options with { SendUnknownGender = value }),
        Any(nameof(MappingOptions.KeepOperators), Gen.Bool, (options, value) => options with { KeepOperators = value }),
        Any(nameof(MappingOptions.NestedValues), Choice<NestedValues>(), (options, value) => options with { NestedValues = value }),
        Any(nameof(MappingOptions.MultiValueArrays), Gen.Bool, (options, value) => options with { MultiValueArrays = value }),
        Any(nameof(MappingOptions.OmitNullProperties), Gen.Bool, (options, value) => options with { OmitNullProperties = value }),
        Any(nameof(MappingOptions.Charged), Choice<ChargedMapping>(), (options, value) => options with { Charged = value }),
        Any(nameof(MappingOptions.Numbers), Choice<NumberFormat>(), (options, value) => options with { Numbers = value }),
        Any(nameof(MappingOptions.CheckRules), Gen.Bool, (options, value) => options with { CheckRules = value }),
        .. RuleChanges,
        Any(
            nameof(MappingOptions.Mappers),
            Gen.OneOf(CallMappers.Default, HostMappers.PassThrough),
            (options, value) => options with { Mappers = value }
        ),
        Any(
            nameof(MappingOptions.MaxEventBytes),
            Gen.OneOf(1, 60, 300, MappingOptions.DefaultMaxEventBytes),
            (options, value) => options with { MaxEventBytes = value }
        ),
    ];

    /// <summary>Generates options with some or all members changed.</summary>
    public static Gen<MappingOptions> Options { get; } = Some(Changes);

    /// <summary>Generates a preset with some or all rules of a host.</summary>
    public static Gen<MappingOptions> Rules { get; } = Some(RuleChanges);

    public static IReadOnlyList<string> MemberNames { get; } = [.. Changes.Select(change => change.Name)];

    private static Gen<MappingOptions> Some((string Name, Gen<Func<MappingOptions, MappingOptions>> Change)[] all) =>
        Gen.Select(
            Gen.OneOf(MappingOptions.Default, MappingOptions.RudderTransformer),
            Gen.ShuffleSelect(all.Select(change => change.Change).ToArray()),
            Gen.Int[0, all.Length],
            (preset, changes, count) => changes.Take(count).Aggregate(preset, (options, change) => change(options))
        );

    private static Gen<Dictionary<string, string>> NewNames(params (string Old, string New)[] all) =>
        Gen.Select(
            Gen.Shuffle(all),
            Gen.Int[0, all.Length],
            (names, count) => names.Take(count).ToDictionary(name => name.Old, name => name.New)
        );

    private static Gen<T> Choice<T>()
        where T : struct, Enum => Gen.OneOf(Enum.GetValues<T>());

    private static (string Name, Gen<Func<MappingOptions, MappingOptions>> Change) Any<T>(
        string name,
        Gen<T> values,
        Func<MappingOptions, T, MappingOptions> change
    ) => (name, values.Select(value => (Func<MappingOptions, MappingOptions>)(options => change(options, value))));
}
