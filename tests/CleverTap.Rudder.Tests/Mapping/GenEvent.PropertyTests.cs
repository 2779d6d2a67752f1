using CsCheck;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Generates events as JSON text: relevant members in any order and number, each with a suitable or a random value.</summary>
internal static class GenEvent
{
    private static readonly Gen<string> Name = Gen.Frequency(
        (
            8,
            Quoted(
                "name",
                "email",
                "Email",
                "phone",
                "gender",
                "birthday",
                "employed",
                "education",
                "married",
                "firstName",
                "last_name",
                "customerType",
                "avatar",
                "userId",
                "id",
                "ts",
                "overrideFields",
                "event",
                "revenue",
                "checkout_id",
                "order_id",
                "total",
                "products",
                "Items",
                "Amount",
                "Charged ID",
                "MSG-email",
                "category-unsubscribe",
                "identity",
                "a",
                "A",
                "b",
                "firstLogin",
                "First Login",
                "value",
                "items",
                "timestamp",
                "title",
                "path",
                "objectID",
                "FBID",
                "o_a",
                "o",
                "when",
                "MSG-push",
                "category"
            )
        ),
        (2, GenJson.Text)
    );

    private static readonly Gen<string> Operator = GenJson.ObjectWith(
        Quoted("$add", "$remove", "$set", "$incr", "$decr", "$delete"),
        GenJson.Value
    );

    private static readonly Gen<string> Bag = GenJson.ObjectWith(Name, Gen.Frequency((5, GenJson.Value), (1, Operator)));

    private static readonly Gen<string> Device = GenJson.ObjectWith(Quoted("token", "name", "id"), OrAnything(GenJson.Text));

    private static readonly Gen<string> System = GenJson.ObjectWith(
        Quoted("name"),
        OrAnything(Quoted("Android", "iOS", "tvOS", "Windows"))
    );

    private static readonly Gen<string> Library = GenJson.ObjectWith(Quoted("name"), OrAnything(Quoted("rudder-react-native", "js")));

    private static readonly Gen<string> ConsentIds = OrAnything(
        Quoted("C1", "C2", "C3").Array[0, 3].Select(ids => $"[{string.Join(",", ids)}]")
    );

    private static readonly Gen<string> Consent = Members(
        ("provider", OrAnything(Quoted("custom", "oneTrust", ""))),
        ("resolutionStrategy", OrAnything(Quoted("and", "or"))),
        ("deniedConsentIds", ConsentIds),
        ("allowedConsentIds", ConsentIds)
    );

    private static readonly Gen<string> Context = Members(
        ("traits", OrAnything(Bag)),
        ("device", OrAnything(Device)),
        ("os", OrAnything(System)),
        ("library", OrAnything(Library)),
        ("consentManagement", OrAnything(Consent)),
        ("page", GenJson.Value)
    );

    private static readonly Gen<string> TokenOptions = GenJson.ObjectWith(
        Quoted("deviceTokenType", "chromeKeys"),
        OrAnything(Quoted("chrome", "gcm", "none"))
    );

    private static readonly Gen<string> Integrations = GenJson.ObjectWith(
        Quoted("All", "CleverTap", "clevertap", "CLEVERTAP", "Amplitude"),
        Gen.Frequency((2, Gen.OneOf("true", "false")), (2, TokenOptions), (1, GenJson.Value))
    );

    private static readonly Gen<string> Id = Gen.Frequency(
        (6, Quoted("u1", "anon", "", "null")),
        (2, Gen.OneOf("1", "0", "null", "12345678901234567891")),
        (1, GenJson.Value)
    );

    private static readonly Gen<string> Time = OrAnything(
        Quoted("2024-03-01T10:00:00.000Z", "2024-03-01", "2024-03-01T10:00:00+02:00", "now")
    );

    public static Gen<string> Text { get; } =
        Members(
            ("type", Gen.Frequency((20, Quoted("identify", "track", "page", "screen", "alias", "Track", "group")), (1, GenJson.Value))),
            ("userId", Id),
            ("anonymousId", Id),
            ("previousId", Id),
            ("messageId", Id),
            ("channel", OrAnything(Quoted("web", "mobile", "sources"))),
            ("event", OrAnything(Quoted("Order Completed", "Charged", "Seen"))),
            ("name", OrAnything(GenJson.Text)),
            ("category", GenJson.Value),
            ("traits", OrAnything(Bag)),
            ("properties", OrAnything(Bag)),
            ("context", OrAnything(Context)),
            ("integrations", OrAnything(Integrations)),
            ("originalTimestamp", Time),
            ("timestamp", Time),
            ("sentAt", Time),
            ("receivedAt", Time)
        );

    private static Gen<string> Quoted(params string[] texts) => Gen.OneOf(texts).Select(text => $"\"{text}\"");

    private static Gen<string> OrAnything(Gen<string> fitting) => Gen.Frequency((9, fitting), (1, GenJson.Value));

    /// <summary>Generates some of the members in any order; sometimes one of them twice.</summary>
    private static Gen<string> Members(params (string Name, Gen<string> Value)[] members)
    {
        Gen<string>[] each =
        [
            .. members.Select(member => Gen.Frequency((4, member.Value.Select(value => $"\"{member.Name}\":{value}")), (1, Gen.Const("")))),
        ];
        Gen<string[]> all = Gen.ShuffleSelect(each);
        return Gen.Select(all, Gen.Frequency((9, Gen.Const("")), (1, Gen.OneOf(each))))
            .Select(parts => $"{{{string.Join(",", parts.Item1.Append(parts.Item2).Where(member => member.Length > 0))}}}");
    }
}
