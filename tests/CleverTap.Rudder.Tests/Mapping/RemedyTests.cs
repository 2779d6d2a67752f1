using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Checks that every text ends with a remedy: "; " and an imperative.</summary>
/// <remarks>Texts of the reference do not change; their remedy is what was expected.</remarks>
[TestFixture]
public sealed partial class RemedyTests
{
    /// <summary>The messages of rudder-transformer that the same errors have in this library.</summary>
    private static readonly string[] WordsOfTheReference =
    [
        "Message Type is not present. Aborting message.",
        "Message type not supported",
        "userId, not present cannot track anonymous user",
        "Missing required value from \"event\"",
        "Missing required value from \"properties\"",
        "Unable to process without anonymousId or userId",
        "Products property value must be an array of objects",
    ];

    private static readonly string LongText = new('x', 600);

    /// <summary>Events for errors and warnings that no case gives.</summary>
    private static readonly string[] MoreEvents =
    [
        Track($$"""{"{{LongText}}":1,"a":"{{LongText}}","b":1e400,"":1,"c%":2}""", name: LongText),
        Track($"{{{Members(101)}}}", name: " "),
        Identify($$"""{ {{Members(257)}},"":1,"overrideFields":5,"Age":"old" }"""),
        Track($$"""{"products":[{{string.Join(",", Enumerable.Repeat("{}", 257))}}]}""", name: "Order Completed"),
        Track("""{"category-unsubscribe":{"email":["A"]}}"""),
        Identify("""{"MSG-Email":false,"category-unsubscribe":["A"]}"""),
        Track($$"""{"a":{{new string('[', 70)}}{{new string(']', 70)}} }"""),
        """{"type":"page","userId":"u1","name":"Home","properties":{"event":["a"]}}""",
        Device("\"t\"", "Windows", "{}"),
        Device("5", "iOS", "{}"),
        Device("\"t\"", "iOS", """{"CleverTap":{"deviceTokenType":"x"}}"""),
        "[]",
        "{",
        """{"type":"track"} x""",
        "",
        "{}",
        """{"type":"group","userId":"u1"}""",
        """{"type":5}""",
        """{"type":"track","event":{}}""",
        """{"type":"identify","userId":[]}""",
        """{"type":"track","event":"e","properties":""}""",
        """{"type":"identify","userId":"u1","context":{"traits":5}}""",
        """{"type":"alias","userId":"u1"}""",
        """{"type":"alias","previousId":"u1"}""",
    ];

    private static readonly MappingOptions[] MoreOptions =
    [
        MappingOptions.Default,
        MappingOptions.Default with
        {
            EnableObjectIdMapping = true,
            FilterUnsupportedCalls = false,
        },
        MappingOptions.Default with
        {
            Charged = ChargedMapping.Strict,
            NestedValues = NestedValues.Keep,
            MultiValueArrays = true,
            DateFields = ["a", "when"],
        },
        MappingOptions.Default with
        {
            NestedValues = NestedValues.Flatten,
            NormalizeProfileFields = false,
            TraitNaming = TraitNaming.AsIs,
        },
        MappingOptions.Default with
        {
            MaxEventBytes = 40,
            TrackAnonymous = false,
        },
        MappingOptions.RudderTransformer with
        {
            CheckRules = true,
        },
        MappingOptions.RudderTransformer,
    ];

    private static readonly TransformResult[] Results = [.. Transform()];

    [Test]
    public void Warnings_end_with_a_remedy()
    {
        IEnumerable<CleverTapWarning> warnings = Results.SelectMany(result => result.Warnings);
        string[] texts = [.. warnings.Select(warning => $"{warning.Code}: {warning.Message}").Distinct()];

        Assert.That(texts.Where(text => !Remedy().IsMatch(text)), Is.Empty);
    }

    [Test]
    public void Warnings_under_test_contain_every_code() =>
        Assert.That(
            Results.SelectMany(result => result.Warnings).Select(warning => warning.Code).Distinct(),
            Is.EquivalentTo(Enum.GetValues<WarningCode>())
        );

    [Test]
    public void Errors_end_with_a_remedy_or_have_the_text_of_the_reference()
    {
        EventError[] errors = [.. Errors().Where(error => !WordsOfTheReference.Contains(error.Message))];

        Assert.That(errors.Select(error => $"{error.Code}: {error.Message}").Distinct().Where(text => !Remedy().IsMatch(text)), Is.Empty);
    }

    [Test]
    public void Errors_contain_what_was_expected() =>
        Assert.That(Errors().Where(error => error.Expected.Length == 0).Select(error => error.Message), Is.Empty);

    [Test]
    public void Errors_under_test_contain_every_code() =>
        Assert.That(Errors().Select(error => error.Code).Distinct(), Is.EquivalentTo(Enum.GetValues<EventErrorCode>()));

    [Test]
    public void Errors_under_test_contain_every_text_of_the_reference() =>
        Assert.That(Errors().Select(error => error.Message).Distinct(), Is.SupersetOf(WordsOfTheReference));

    private static IEnumerable<EventError> Errors()
    {
        return Results
            .Select(result => result.Error)
            .Append(CleverTapTransformer.Default.TransformForWeb("""{"type":"alias","userId":"u1","previousId":"u0"}""").Error)
            .Append(CleverTapTransformer.Default.Transform(new byte[] { 0xFF }).Error)
            .Append(HostMappers.Track((_, _) => null!).Transform(Track("{}")).Error)
            .Append(HostMappers.Track((_, _) => throw new InvalidOperationException()).Transform(Track("{}")).Error)
            .Append(Hook(new EventHook("EditEvents (number 1)", null, _ => null)))
            .Append(Hook(new EventHook("FilterEvents (number 1)", _ => throw new InvalidOperationException(), null)))
            .Append(Unrouted("us"))
            .Append(Unrouted(null))
            .OfType<EventError>();
    }

    private static EventError? Unrouted(string? destination)
    {
        IServiceCollection services = new ServiceCollection().AddLogging();
        services.AddCleverTapDestination("eu", options => (options.AccountId, options.Passcode, options.Region) = ("a", "p", "eu1"));
        services.AddCleverTapRouting(_ => destination);
        using ServiceProvider provider = services.BuildServiceProvider();
        RudderEvent? rudderEvent = new TrackEvent();
        return provider.GetRequiredKeyedService<RoutedDestination>("").Route(ref rudderEvent, out _)?.Error;
    }

    private static EventError? Hook(EventHook hook)
    {
        RudderEvent rudderEvent = new TrackEvent();
        return new EventHooks([hook]).Run(ref rudderEvent)?.Error;
    }

    private static IEnumerable<TransformResult> Transform()
    {
        foreach (MappingCase one in MappingCase.All)
        {
            yield return new CleverTapTransformer(one.Options).Transform(one.Text);
        }

        string[] events = [.. MappingCase.All.Select(one => one.Text).Concat(MoreEvents).Distinct()];
        foreach (CleverTapTransformer transformer in MoreOptions.Select(options => new CleverTapTransformer(options)))
        {
            foreach (string text in events)
            {
                yield return transformer.Transform(Encoding.UTF8.GetBytes(text));
            }
        }
    }

    private static string Track(string properties, string name = "Seen") =>
        $$"""{"type":"track","userId":"u1","event":"{{name}}","properties":{{properties}} }""";

    private static string Identify(string traits) => $$"""{"type":"identify","userId":"u1","traits":{{traits}} }""";

    private static string Device(string token, string os, string integrations) =>
        $$"""
            {"type":"identify","userId":"u1","anonymousId":"a1","integrations":{{integrations}},
             "context":{"device":{"token":{{token}} },"os":{"name":"{{os}}"} } }
            """;

    private static string Members(int count) => string.Join(",", Enumerable.Range(0, count).Select(index => $"\"m{index}\":1"));

    [GeneratedRegex("; (send|set|rename|shorten|correct|name|change|give|use|nest|copy|raise|make|group|read|decode|take) [^;]+$")]
    private static partial Regex Remedy();
}
