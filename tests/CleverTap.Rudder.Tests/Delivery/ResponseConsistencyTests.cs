using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>Responses that contradict themselves, and their effect on an upload of ten records.</summary>
public sealed class ResponseConsistencyTests
{
    private const string Skipped = """{"code":512,"error":"Skipped record number : 3"}""";

    private static readonly CleverTapRecord[] Records =
    [
        .. Enumerable
            .Range(1, 10)
            .Select(id => CleverTapRecord.Create(RecordKind.Event, Bytes($$"""{"identity":"u{{id}}","type":"event"}"""))),
    ];

    [TestCase("""{"status":"partial"}""")]
    [TestCase("""{"status":"partial","unprocessed":[]}""")]
    [TestCase("""{"status":"partial","unprocessed":null,"processed":null}""")]
    [TestCase("""{"status":"success","unprocessed":{}}""")]
    [TestCase("""{"status":"success","processed":10,"unprocessed":{"0":{}}}""")]
    [TestCase("""{"status":"success","unprocessed":"none"}""")]
    [TestCase("""{"status":"success","processed":"ten"}""")]
    [TestCase("""{"status":"success","processed":true}""")]
    [TestCase("""{"status":"success","processed":[10]}""")]
    [TestCase("""{"status":"success","processed":{}}""")]
    [TestCase("""{"status":"success","processed":-1}""")]
    [TestCase("""{"status":"success","processed":9.5}""")]
    [TestCase("""{"status":"fail","processed":"none","unprocessed":[]}""")]
    public void Response_is_unreadable_when_a_member_is_of_another_kind(string body) =>
        Assert.That(Read(body).Status, Is.EqualTo(ResponseStatus.Unreadable));

    [TestCase("""{"status":"success"}""", "")]
    [TestCase("""{"status":"success","processed":"10","unprocessed":null}""", "")]
    [TestCase("""{"status":"partial","processed":10}""", "")]
    [TestCase($$"""{"status":"partial","processed":"9","unprocessed":[{{Skipped}}]}""", "3")]
    [TestCase($$"""{"status":"partial","unprocessed":[{{Skipped}}]}""", "3")]
    [TestCase($$"""{"status":"fail","processed":9,"unprocessed":[{{Skipped}}]}""", "3")]
    [TestCase($$"""{"status":"success","processed":9,"unprocessed":[{{Skipped}}]}""", "3")]
    [TestCase($$"""{"status":"fail","processed":0,"unprocessed":[{{Skipped}}]}""", "1 2 3 4 5 6 7 8 9 10")]
    [TestCase("""{"status":"fail","processed":0}""", "1 2 3 4 5 6 7 8 9 10")]
    [TestCase("""{"status":"partial","processed":0,"unprocessed":[{},{},{},{},{},{},{},{},{},{}]}""", "1 2 3 4 5 6 7 8 9 10")]
    public void Consistent_response_rejects_the_records_that_it_names(string body, string rejected)
    {
        CleverTapResponse response = Read(body);

        Assert.That(ResponseEvaluator.IsConsistent(response, Records));
        UnprocessedRecord?[] rejections = ResponseEvaluator.Evaluate(response, Records)!;
        Assert.That(string.Join(' ', Enumerable.Range(1, 10).Where(number => rejections[number - 1] is not null)), Is.EqualTo(rejected));
    }

    [TestCase("""{"status":"success","processed":9}""")]
    [TestCase("""{"status":"fail","processed":9}""")]
    [TestCase($$"""{"status":"fail","processed":8,"unprocessed":[{{Skipped}}]}""")]
    [TestCase("""{"status":"partial","processed":9,"unprocessed":[{"code":512,"error":"?"}]}""")]
    [TestCase("""{"status":"partial","processed":9,"unprocessed":[{"code":512,"error":"Skipped record number : 11"}]}""")]
    public void Response_is_inconsistent_when_it_does_not_cover_every_record(string body) =>
        Assert.That(ResponseEvaluator.IsConsistent(Read(body), Records), Is.False);

    [TestCase("""{"status":"partial","processed":9,"unprocessed":[{"code":512,"error":"?"}]}""", true)]
    [TestCase("""{"status":"partial","processed":8,"unprocessed":[{"code":512,"error":"?"}]}""", false)]
    [TestCase("""{"status":"unheard of","processed":10,"unprocessed":[]}""", true)]
    [TestCase("""{"status":"unheard of"}""", false)]
    public void Upload_is_not_resent_when_the_counts_of_an_unreadable_response_add_up(string body, bool isGivenUp)
    {
        CleverTapResponse response = Read(body) with { Status = ResponseStatus.Unreadable };

        NextStep step = RetryPolicy.DecideNextStep(response, Records.Length, LostResponsePolicy.Resend);

        Assert.That(step, Is.EqualTo(isGivenUp ? NextStep.GiveUp : NextStep.IsolateOrWait));
    }

    [TestCase("""{"status":"partial","processed":9,"unprocessed":[{"code":512,"error":"?"}]}""", 10, 0)]
    [TestCase($$"""{"status":"fail","processed":9,"unprocessed":[{{Skipped}}]}""", 0, 1)]
    public async Task Upload_is_sent_once_when_the_counts_of_its_response_add_up(string body, int undelivered, int rejected)
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Response(200, body: body));
        await using ServiceProvider provider = new ServiceCollection()
            .AddLogging()
            .AddCleverTapDestination(options => (options.AccountId, options.Passcode, options.MaxInFlight) = ("acc", "p", 1))
            .HttpClientBuilder.ConfigurePrimaryHttpMessageHandler(() => server)
            .Services.BuildServiceProvider();
        RudderEvent[] events = [.. Enumerable.Range(1, 10).Select(id => new TrackEvent { UserId = $"u{id}", Event = "Seen" })];

        DeliveryReport report = await provider.GetRequiredService<ICleverTapDestination>().SendAsync(events);

        Assert.That(server.Requests, Is.EqualTo(1));
        Assert.That(report.Count(outcome => outcome.UndeliveredReason == UndeliveredReason.Unreadable), Is.EqualTo(undelivered));
        Assert.That(report.Count(outcome => outcome.Kind == OutcomeKind.Rejected), Is.EqualTo(rejected));
    }

    [Test]
    public void Number_of_a_rejected_record_is_the_last_one_in_the_text() =>
        Assert.That(
            Read("""{"status":"partial","unprocessed":[{"error":"Wrong field : Skipped record number : 7.Skipped record number : 2"}]}""")
                .Unprocessed[0]
                .RecordNumber,
            Is.EqualTo(2)
        );

    [TestCase("2", "u2", 2)]
    [TestCase("7", "u2", 2)]
    [TestCase("7", "unknown", 7)]
    [TestCase("11", "u2", 2)]
    public void Quoted_record_takes_precedence_over_the_number(string number, string identity, int rejected)
    {
        string quoted = $$"""{"type":"event","identity":"{{identity}}"}""";
        CleverTapResponse response = Read(
            $$"""{"status":"partial","unprocessed":[{"error":"Skipped record number : {{number}}","record":{{quoted}} } ]}"""
        );

        UnprocessedRecord?[] rejections = ResponseEvaluator.Evaluate(response, Records)!;

        Assert.That(Array.FindIndex(rejections, rejection => rejection is not null) + 1, Is.EqualTo(rejected));
    }

    private static CleverTapResponse Read(string body) => ResponseReader.Read(200, Bytes(body));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
