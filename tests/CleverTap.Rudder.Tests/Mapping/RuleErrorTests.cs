using CleverTap.Rudder.AspNetCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Checks that invalid rules give errors with the option, the value and what is expected.</summary>
public sealed class RuleErrorTests
{
    private static readonly object[][] Wrong =
    [
        [Rules with { AllowEvents = ["Seen", " "] }, "AllowEvents has a blank name: give names, or remove it"],
        [Rules with { DenyEvents = [""] }, "DenyEvents has a blank name: give names, or remove it"],
        [Rules with { DenyEvents = [null!] }, "DenyEvents has a blank name: give names, or remove it"],
        [Rules with { DropTraits = [" "] }, "DropTraits has a blank name: give names, or remove it"],
        [Rules with { DropProperties = ["a", ""] }, "DropProperties has a blank name: give names, or remove it"],
        [
            Rules with
            {
                AllowEvents = ["Seen", "Ping "],
                DenyEvents = ["Ping"],
            },
            "AllowEvents and DenyEvents both contain 'Ping': remove it from one of them",
        ],
        [Rules with { RenameTraits = New("tier", " ") }, "RenameTraits gives 'tier' a blank name: give the new name"],
        [Rules with { RenameEvents = New(" ", "Seen") }, "RenameEvents has a blank name for 'Seen': give the name in the events"],
        [
            Rules with
            {
                RenameTraits = New("tier", "Identity"),
            },
            "RenameTraits gives 'tier' the reserved name 'Identity': give a name other than an id, ts or overrideFields",
        ],
        [
            Rules with
            {
                RenameTraits = New("tier", "FB_ID"),
            },
            "RenameTraits gives 'tier' the reserved name 'FB_ID': give a name other than an id, ts or overrideFields",
        ],
        [
            Rules with
            {
                RenameTraits = New("tier", "userId"),
            },
            "RenameTraits gives 'tier' the reserved name 'userId': give a name other than an id, ts or overrideFields",
        ],
        [
            Rules with
            {
                RenameProperties = New("when", "ts"),
            },
            "RenameProperties gives 'when' the reserved name 'ts': give a name other than ts",
        ],
        [
            Rules with
            {
                RenameEvents = New("Opened", "app launched"),
            },
            "RenameEvents gives 'Opened' the reserved name 'app launched': give the name of an event that is not CleverTap's own",
        ],
        [
            Rules with
            {
                RenameTraits = New("a", "Plan", "b", "Plan"),
            },
            "RenameTraits gives 'a' and 'b' the same name 'Plan': give each a different name",
        ],
        [
            Rules with
            {
                RenameTraits = New("a", "email", "b", "Email"),
            },
            "RenameTraits gives 'a' and 'b' the same name 'email': give each a different name",
        ],
        [
            Rules with
            {
                RenameProperties = New("a", "c", "b", "c"),
            },
            "RenameProperties gives 'a' and 'b' the same name 'c': give each a different name",
        ],
        [
            Rules with
            {
                RenameTraits = New("a", "b"),
                DropTraits = ["a"],
            },
            "RenameTraits and DropTraits both contain 'a': remove it from one of them",
        ],
        [
            Rules with
            {
                RenameProperties = New("a", "b"),
                DropProperties = ["a", "a"],
            },
            "RenameProperties and DropProperties both contain 'a': remove it from one of them",
        ],
    ];

    private static MappingOptions Rules => MappingOptions.Default;

    [TestCaseSource(nameof(Wrong))]
    public void Transformer_rejects_invalid_rules(MappingOptions options, string error) =>
        Assert.That(() => new CleverTapTransformer(options), Throws.ArgumentException.With.Message.StartsWith(error));

    [Test]
    public void RenameEvents_accepts_the_same_new_name_for_several_events() =>
        Assert.That(() => new CleverTapTransformer(Rules with { RenameEvents = New("A", "C", "B", "C") }), Throws.Nothing);

    [Test]
    public void MappingOptions_are_equal_when_their_rules_are_equal()
    {
        MappingOptions one = Rules with { RenameTraits = New("a", "x", "b", "y"), DropProperties = ["ip"], AllowEvents = ["Seen"] };

        Assert.That(
            one,
            Is.EqualTo(Rules with { AllowEvents = ["Seen"], RenameTraits = New("b", "y", "a", "x"), DropProperties = ["ip"] })
        );
        Assert.That(one.GetHashCode(), Is.EqualTo((one with { RenameTraits = New("b", "y", "a", "x") }).GetHashCode()));
        Assert.That(one, Is.Not.EqualTo(one with { RenameTraits = New("a", "x", "b", "z") }));
        Assert.That(one, Is.Not.EqualTo(one with { DropTraits = ["ip"] }));
        Assert.That(one, Is.Not.EqualTo(one with { RenameProperties = New("a", "x", "b", "y") }));
    }

    [Test]
    public void Rules_do_not_change_when_their_source_collection_changes()
    {
        Dictionary<string, string> names = New("a", "x");
        MappingOptions options = Rules with { RenameTraits = names };
        names["a"] = "y";

        Assert.That(options.RenameTraits["a"], Is.EqualTo("x"));
    }

    [Test]
    public void Host_does_not_start_when_rules_are_invalid() =>
        Assert.That(
            () =>
                Bind<CleverTapOptions>(services =>
                    services.AddCleverTapDestination(
                        Section(("RenameTraits:tier", ""), ("AllowEvents", "Ping"), ("DenyEvents:0", "Ping"), ("RenameProperties", "ip"))
                    )
                ),
            Throws
                .TypeOf<OptionsValidationException>()
                .With.Message.EqualTo(
                    "CleverTap destination (section 'CleverTap'): "
                        + "Mapping:RenameProperties must be a section of names with a new name each; "
                        + "Mapping:AllowEvents and DenyEvents both contain 'Ping': remove it from one of them; "
                        + "Mapping:RenameTraits gives 'tier' a blank name: give the new name."
                )
        );

    [Test]
    public void Page_is_not_rendered_when_rules_are_invalid() =>
        Assert.That(
            () => Bind<CleverTapWebOptions>(services => services.AddCleverTapWeb(Section(("DropTraits:0", " ")))),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Mapping:DropTraits has a blank name")
        );

    [Test]
    public void Mappers_set_in_code_remain_when_rules_come_from_configuration()
    {
        CleverTapOptions options = Bind<CleverTapOptions>(services =>
        {
            services.Configure<CleverTapOptions>(options => options.Mapping = options.Mapping with { Mappers = HostMappers.PassThrough });
            services.AddCleverTapDestination(Section(("DropTraits:0", "ssn")));
        });

        Assert.That((options.Mapping.Mappers, options.Mapping.DropTraits.Single()), Is.EqualTo((HostMappers.PassThrough, "ssn")));
    }

    private static T Bind<T>(Action<IServiceCollection> register)
        where T : class
    {
        var services = new ServiceCollection();
        register(services);
        return services.BuildServiceProvider().GetRequiredService<IOptions<T>>().Value;
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] mapping)
    {
        Dictionary<string, string?> values = mapping.ToDictionary(pair => $"CleverTap:Mapping:{pair.Key}", string? (pair) => pair.Value);
        values["CleverTap:AccountId"] = "acc";
        values["CleverTap:Passcode"] = "p";
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("CleverTap");
    }

    private static Dictionary<string, string> New(params string[] names) => names.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
}
