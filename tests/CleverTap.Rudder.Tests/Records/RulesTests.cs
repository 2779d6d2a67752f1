using System.Text.Json.Nodes;

namespace CleverTap.Rudder.Tests.Records;

/// <summary>Tests the warnings about violations of CleverTap's rules. A warning never prevents a record from being sent.</summary>
public sealed class RulesTests
{
    private static readonly string Long = new('x', 600);

    public static IEnumerable<TestCaseData> StandardFields()
    {
        yield return Field("email", "name@website.com", null);
        yield return Field("email", "name", "StandardFieldFormat Email 515");
        yield return Field("email", "a@b", "StandardFieldFormat Email 515");
        yield return Field("email", "a@@b.c", "StandardFieldFormat Email 515");
        yield return Field("email", "a b@c.d", "StandardFieldFormat Email 515");
        yield return Field("email", 5, "StandardFieldFormat Email 515");
        yield return Field("phone", "+35922333232", null);
        yield return Field("phone", "phone", "StandardFieldFormat Phone 516");
        yield return Field("phone", "+44+441234", "StandardFieldFormat Phone 516");
        yield return Field("phone", "+123", "StandardFieldFormat Phone 516");
        yield return Field("phone", 35922333232, "StandardFieldFormat Phone 516");
        yield return Field("gender", "Female", null);
        yield return Field("gender", "other", "StandardFieldFormat Gender 514");
        yield return Field("birthday", "1990-05-17", null);
        yield return Field("birthday", "$D_642902400", null);
        yield return Field("birthday", "birthday", "StandardFieldFormat DOB ");
        yield return Field("birthday", 642902400, "StandardFieldFormat DOB ");
        yield return Field("employed", true, null);
        yield return Field("employed", "yes", "StandardFieldFormat Employed 517");
        yield return Field("education", "graduate", null);
        yield return Field("education", "PhD", "StandardFieldFormat Education 518");
        yield return Field("married", "N", null);
        yield return Field("married", 1, "StandardFieldFormat Married 519");
        yield return Field("Age", 18, null);
        yield return Field("Age", "18", null);
        yield return Field("Age", "aa", "StandardFieldFormat Age 520");
        yield return Field("customerType", "anything", null);

        static TestCaseData Field(string trait, object value, string? warning) =>
            new TestCaseData(trait, ToNode(value), warning).SetArgDisplayNames(trait, value.ToString()!);
    }

    [TestCaseSource(nameof(StandardFields))]
    public void Standard_field_is_sent_with_a_warning_when_CleverTap_rejects_its_value(string trait, JsonNode value, string? warning)
    {
        TransformResult result = Identify(new JsonObject { [trait] = value });

        Assert.That(result.Status, Is.EqualTo(TransformStatus.Mapped));
        Assert.That(result.Warnings.Select(Text), Is.EqualTo(warning is null ? [] : new[] { warning }));
    }

    public static IEnumerable<TestCaseData> Names()
    {
        yield return Name("Checked Out", null);
        yield return Name("App Launched", "ReservedEventName evtName 513");
        yield return Name("app launched", "ReservedEventName evtName 513");
        yield return Name("NotificationSent", "ReservedEventName evtName 513");
        yield return Name("Web Page Viewed", "ReservedEventName evtName 513");
        yield return Name("  ", "EmptyName evtName 509");
        yield return Name("50% off", "ProhibitedCharacter evtName ");
        yield return Name(Long, "NameTooLong evtName ");

        static TestCaseData Name(string name, string? warning) =>
            new TestCaseData(name, warning).SetArgDisplayNames(name.Length > 50 ? "a long name" : name);
    }

    [TestCaseSource(nameof(Names))]
    public void Event_name_gives_a_warning_when_CleverTap_does_not_accept_it(string name, string? warning) =>
        Assert.That(Track(name, []).Warnings.Select(Text), Is.EqualTo(warning is null ? [] : new[] { warning }));

    [TestCase("Cart", null)]
    [TestCase(null, "ReservedEventName evtName 513")]
    [TestCase("a:b", "ProhibitedCharacter evtName ")]
    public void Event_name_gives_no_warning_for_the_colon_of_the_page_prefix(string? name, string? warning)
    {
        TransformResult result = CleverTapTransformer.Default.Transform(new PageEvent { UserId = "u", Name = name });

        Assert.That(result.Warnings.Select(Text), Is.EqualTo(warning is null ? [] : new[] { warning }));
    }

    [Test]
    public void Property_name_gives_a_warning_when_CleverTap_does_not_accept_it()
    {
        TransformResult result = Track(
            "e",
            new JsonObject
            {
                ["a.b"] = 1,
                [new string('k', 121)] = 1,
                [""] = 1,
                ["#ok"] = 1,
                [new string('k', 120)] = 1,
            }
        );

        Assert.That(
            result.Warnings.Select(Text),
            Is.EqualTo(new[] { "ProhibitedCharacter a.b ", $"NameTooLong {new string('k', 121)} ", "EmptyName  " })
        );
    }

    [Test]
    public void Hash_sign_is_prohibited_only_in_profile_field_names() =>
        Assert.That(Identify(new JsonObject { ["#tag"] = 1 }).Warnings.Select(Text), Is.EqualTo(new[] { "ProhibitedCharacter #tag " }));

    [Test]
    public void Text_gives_a_warning_when_it_or_the_text_of_a_nested_value_is_too_long()
    {
        TransformResult result = Track(
            "e",
            new JsonObject
            {
                ["text"] = Long,
                ["nested"] = new JsonArray(Long),
                ["fits"] = new string('x', 512),
            }
        );

        Assert.That(result.Warnings.Select(Text), Is.EqualTo(new[] { "ValueTooLong text ", "ValueTooLong nested " }));
    }

    [TestCase(100, null)]
    [TestCase(101, "TooManyProperties evtData 522")]
    public void Event_gives_one_warning_when_it_has_too_many_properties(int count, string? warning)
    {
        var properties = new JsonObject(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"p{i}", (JsonNode?)i)));

        Assert.That(Track("e", properties).Warnings.Select(Text), Is.EqualTo(warning is null ? [] : new[] { warning }));
    }

    [Test]
    public void Items_give_a_warning_when_there_are_too_many_or_they_are_nested()
    {
        JsonArray items = [.. Enumerable.Range(0, 257).Select(i => (JsonNode)new JsonObject { ["i"] = i })];
        Assert.That(
            Track("Order Completed", new JsonObject { ["revenue"] = 5, ["products"] = items }).Warnings.Select(Text),
            Is.EqualTo(new[] { "TooManyItems Items " })
        );

        JsonArray nested = [new JsonObject { ["size"] = new JsonObject { ["eu"] = 40 } }];
        var strict = new CleverTapTransformer(MappingOptions.Default with { Charged = ChargedMapping.Strict });
        var order = new TrackEvent
        {
            UserId = "u",
            Event = "Order Completed",
            Properties = new JsonObject { ["revenue"] = 5, ["products"] = nested },
        };
        Assert.That(strict.Transform(order).Warnings.Select(Text), Is.EqualTo(new[] { "NestedValue Items 512" }));
    }

    [Test]
    public void Subscription_groups_give_a_warning_in_events_but_not_in_profiles()
    {
        JsonObject Groups() => new() { ["category-unsubscribe"] = new JsonObject { ["email"] = new JsonArray("News") } };

        Assert.That(Track("e", Groups()).Warnings.Select(Text), Is.EqualTo(new[] { "NestedValue category-unsubscribe 512" }));
        Assert.That(Identify(Groups()).Warnings, Is.Empty);
    }

    [TestCase("Windows", null, 1)]
    [TestCase("Android", "fax", 2)]
    [TestCase("Android", null, 2)]
    public void Push_token_gives_a_warning_when_its_type_cannot_be_sent(string os, string? type, int records)
    {
        var transformer = new CleverTapTransformer(MappingOptions.Default with { EnableObjectIdMapping = true });
        TransformResult result = transformer.Transform(
            new IdentifyEvent
            {
                AnonymousId = "device",
                Context = new JsonObject
                {
                    ["os"] = new JsonObject { ["name"] = os },
                    ["device"] = new JsonObject { ["token"] = "t" },
                },
                Integrations = new JsonObject { ["CleverTap"] = new JsonObject { ["deviceTokenType"] = type } },
            }
        );

        Assert.That(result.Records, Has.Count.EqualTo(records));
        Assert.That(result.Warnings, Has.Count.EqualTo(os == "Android" && type is null ? 0 : 1));
    }

    [TestCase("  ")]
    [TestCase("none")]
    [TestCase("NULL")]
    [TestCase("0")]
    public void Identity_gives_a_warning_when_CleverTap_treats_it_as_missing(string id) =>
        Assert.That(
            CleverTapTransformer.Default.Transform(new TrackEvent { UserId = id, Event = "e" }).Warnings.Select(Text),
            Is.EqualTo(new[] { "IdentityRejected identity 523" })
        );

    [TestCase(1023, 0)]
    [TestCase(1024, 1)]
    public void Identity_gives_a_warning_when_it_is_too_long(int length, int warnings) =>
        Assert.That(
            CleverTapTransformer.Default.Transform(new TrackEvent { UserId = new string('u', length), Event = "e" }).Warnings,
            Has.Count.EqualTo(warnings)
        );

    [Test]
    public void Number_is_omitted_with_a_warning_when_it_is_beyond_the_range_of_a_double()
    {
        TransformResult result = CleverTapTransformer.Default.Transform(
            """{"type":"track","userId":"u","event":"e","properties":{"huge":1e400,"list":[-1e999]}}"""
        );

        Assert.That(result.Records[0].ToJson(), Does.Contain("""{"list":"[null]"}"""));
        Assert.That(result.Warnings.Select(Text), Is.EqualTo(new[] { "NumberOutOfRange huge ", "NumberOutOfRange list " }));
    }

    [Test]
    public void Standard_field_gives_no_warning_for_an_operator() =>
        Assert.That(Identify(new JsonObject { ["gender"] = new JsonObject { ["$delete"] = 1 } }).Warnings, Is.Empty);

    [Test]
    public void Warnings_never_contain_a_value()
    {
        const string Secret = "s3cr3t";
        TransformResult result = Identify(
            new JsonObject
            {
                ["email"] = Secret,
                ["phone"] = Secret,
                ["birthday"] = Secret,
                ["ts"] = Secret,
                ["overrideFields"] = Secret,
            }
        );

        Assert.That(result.Warnings, Has.Count.EqualTo(5));
        Assert.That(string.Join('\n', result.Warnings), Does.Not.Contain(Secret));
    }

    private static TransformResult Identify(JsonObject traits) =>
        CleverTapTransformer.Default.Transform(new IdentifyEvent { UserId = "u", Traits = traits });

    private static TransformResult Track(string name, JsonObject properties) =>
        CleverTapTransformer.Default.Transform(
            new TrackEvent
            {
                UserId = "u",
                Event = name,
                Properties = properties,
            }
        );

    private static JsonNode ToNode(object value) =>
        value switch
        {
            bool on => on,
            int number => number,
            long number => number,
            _ => (string)value,
        };

    private static string Text(CleverTapWarning warning) => $"{warning.Code} {warning.Field} {warning.CleverTapCode}";
}
