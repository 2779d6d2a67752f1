namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>What an answer means for the events behind it. The batch: a profile of event 0, events 1 and 2, and event 0's token.</summary>
public sealed class OutcomeTests
{
    private static readonly UnprocessedRecord Second = new(2, 512, "nested");
    private static readonly UnprocessedRecord Nameless = new(null, 555, "Something");

    public static IEnumerable<TestCaseData> Answers()
    {
        yield return Case("success", Answer(UploadStatus.Success), "Delivered", "Delivered", "Delivered");
        yield return Case("a refused record", Answer(UploadStatus.Partial, Second), "Delivered", "Rejected 512", "Delivered");
        yield return Case("a refused token", Answer(UploadStatus.Partial, new UnprocessedRecord(4, 534, "token")), "Rejected 534", "Delivered", "Delivered");
        yield return Case("a number out of range is no number", Answer(UploadStatus.Partial, new UnprocessedRecord(5, 512, "?")), "Rejected 512", "Rejected 512", "Rejected 512");
        yield return Case("a refusal without a number", Answer(UploadStatus.Partial, Second, Nameless), "Rejected 555", "Rejected 512", "Rejected 555");
        yield return Case("all refused, none named", Answer(UploadStatus.Fail), "Rejected 0", "Rejected 0", "Rejected 0");
        yield return Case("all refused, one named", Answer(UploadStatus.Fail, Second), "Rejected 0", "Rejected 512", "Rejected 0");
        yield return Case("bad credentials", Answer(UploadStatus.Unauthorized), "Undelivered Unauthorized", "Undelivered Unauthorized", "Undelivered Unauthorized");
        yield return Case("a bad request", Answer(UploadStatus.BadRequest), "Undelivered BadRequest", "Undelivered BadRequest", "Undelivered BadRequest");
        yield return Case("an overloaded server", Answer(UploadStatus.Unavailable), "Undelivered Unavailable", "Undelivered Unavailable", "Undelivered Unavailable");
        yield return Case("an answer nobody can read", Answer(UploadStatus.Unreadable), "Undelivered Unreadable", "Undelivered Unreadable", "Undelivered Unreadable");
        yield return Case("no answer", Answer(UploadStatus.NoAnswer), "Undelivered NoAnswer", "Undelivered NoAnswer", "Undelivered NoAnswer");
        yield return Case("a cancelled call", null, "Undelivered Cancelled", "Undelivered Cancelled", "Undelivered Cancelled");

        static TestCaseData Case(string name, object? answer, params string[] outcomes) => new TestCaseData(answer, outcomes).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Answers))]
    public void Each_event_gets_the_outcome_that_the_answer_gives_it(object? answer, string[] expected)
    {
        TransformResult profile = CleverTapTransformer.Default.Transform("""{"type":"identify","userId":"u"}""");
        EventOutcome[] outcomes = [.. Enumerable.Range(0, 3).Select(index => Outcome.Of(index, null, profile))];
        CleverTapRecord record = profile.Records[0];

        Outcome.Apply(outcomes, new UploadBatch([(0, record), (1, record), (2, record), (0, record)]), (UploadResult?)answer);

        Assert.That(outcomes.Select(Text), Is.EqualTo(expected));
    }

    [Test]
    public void A_refused_profile_stays_the_outcome_when_its_token_does_not_get_through()
    {
        TransformResult profile = CleverTapTransformer.Default.Transform("""{"type":"identify","userId":"u"}""");
        EventOutcome[] outcomes = [Outcome.Of(0, null, profile)];
        var batch = new UploadBatch([(0, profile.Records[0])]);

        Outcome.Apply(outcomes, batch, Answer(UploadStatus.Fail, new UnprocessedRecord(1, 515, "email")));
        Outcome.Apply(outcomes, batch, Answer(UploadStatus.NoAnswer));

        Assert.That(Text(outcomes[0]), Is.EqualTo("Rejected 515"));
    }

    private static UploadResult Answer(UploadStatus status, params UnprocessedRecord[] unprocessed) => new() { Status = status, Unprocessed = unprocessed };

    private static string Text(EventOutcome outcome) =>
        $"{outcome.Kind} {(outcome.Kind == OutcomeKind.Rejected ? outcome.Code : outcome.UndeliveredReason)}".TrimEnd();
}
