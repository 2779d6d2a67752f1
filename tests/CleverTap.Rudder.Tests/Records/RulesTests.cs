using System.Text.Json.Nodes;

namespace CleverTap.Rudder.Tests.Records;

/// <summary>CleverTap's rules, row by row: what the transformer warns of. Nothing here ever stops a record.</summary>
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
            new TestCaseData(trait, JsonSlice(value), warning).SetArgDisplayNames(trait, value.ToString()!);
    }

    [TestCaseSource(nameof(StandardFields))]
    public void A_standard_field_that_CleverTap_rejects_is_sent_with_a_warning(string trait, JsonNode value, string? warning)
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
    public void An_event_name_that_CleverTap_does_not_take_gives_a_warning(string name, string? warning) =>
        Assert.That(Track(name, []).Warnings.Select(Text), Is.EqualTo(warning is null ? [] : new[] { warning }));

    [TestCase("Cart", null)]
    [TestCase(null, "ReservedEventName evtName 513")]
    [TestCase("a:b", "ProhibitedCharacter evtName ")]
    public void The_colon_after_the_prefix_of_a_page_view_is_ours_and_gives_no_warning(string? name, string? warning)
    {
        TransformResult result = CleverTapTransformer.Default.Transform(new PageEvent { UserId = "u", Name = name });

        Assert.That(result.Warnings.Select(Text), Is.EqualTo(warning is null ? [] : new[] { warning }));
    }

    [Test]
    public void A_property_name_is_looked_at()
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
    public void A_hash_is_prohibited_in_profile_names_only() =>
        Assert.That(Identify(new JsonObject { ["#tag"] = 1 }).Warnings.Select(Text), Is.EqualTo(new[] { "ProhibitedCharacter #tag " }));

    [Test]
    public void A_text_longer_than_CleverTap_keeps_gives_a_warning_also_where_it_was_an_object()
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
    public void More_properties_than_CleverTap_takes_give_one_warning(int count, string? warning)
    {
        var properties = new JsonObject(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"p{i}", (JsonNode?)i)));

        Assert.That(Track("e", properties).Warnings.Select(Text), Is.EqualTo(warning is null ? [] : new[] { warning }));
    }

    [Test]
    public void Items_are_counted_and_must_be_flat()
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
    public void Subscription_groups_belong_in_profiles()
    {
        JsonObject Groups() => new() { ["category-unsubscribe"] = new JsonObject { ["email"] = new JsonArray("News") } };

        Assert.That(Track("e", Groups()).Warnings.Select(Text), Is.EqualTo(new[] { "NestedValue category-unsubscribe 512" }));
        Assert.That(Identify(Groups()).Warnings, Is.Empty);
    }

    [TestCase("Windows", null, 1)]
    [TestCase("Android", "fax", 2)]
    [TestCase("Android", null, 2)]
    public void A_push_token_that_is_not_sent_as_it_was_meant_gives_a_warning(string os, string? type, int records)
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
    public void An_identity_that_CleverTap_takes_for_none_gives_a_warning(string id) =>
        Assert.That(
            CleverTapTransformer.Default.Transform(new TrackEvent { UserId = id, Event = "e" }).Warnings.Select(Text),
            Is.EqualTo(new[] { "IdentityRejected identity 523" })
        );

    [TestCase(1023, 0)]
    [TestCase(1024, 1)]
    public void An_identity_has_a_length(int length, int warnings) =>
        Assert.That(
            CleverTapTransformer.Default.Transform(new TrackEvent { UserId = new string('u', length), Event = "e" }).Warnings,
            Has.Count.EqualTo(warnings)
        );

    [Test]
    public void A_number_that_no_double_holds_becomes_null_with_a_warning()
    {
        TransformResult result = CleverTapTransformer.Default.Transform(
            """{"type":"track","userId":"u","event":"e","properties":{"huge":1e400,"list":[-1e999]}}"""
        );

        Assert.That(result.Records[0].ToJson(), Does.Contain("""{"huge":null,"list":"[null]"}"""));
        Assert.That(result.Warnings.Select(Text), Is.EqualTo(new[] { "NumberOutOfRange huge ", "NumberOutOfRange list " }));
    }

    [Test]
    public void An_operator_on_a_standard_field_is_no_wrong_value() =>
        Assert.That(Identify(new JsonObject { ["gender"] = new JsonObject { ["$delete"] = 1 } }).Warnings, Is.Empty);

    [Test]
    public void No_warning_ever_quotes_a_value()
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

    private static JsonNode JsonSlice(object value) =>
        value switch
        {
            bool on => on,
            int number => number,
            long number => number,
            _ => (string)value,
        };

    private static string Text(CleverTapWarning warning) => $"{warning.Code} {warning.Field} {warning.CleverTapCode}";
}
