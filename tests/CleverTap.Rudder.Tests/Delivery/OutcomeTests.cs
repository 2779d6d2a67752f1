namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>What an answer means for each place of an upload.</summary>
public sealed class OutcomeTests
{
    private static readonly UnprocessedRecord Second = new(2, 512, "nested");
    private static readonly UnprocessedRecord Nameless = new(null, 511, "Something");
    private static readonly UnprocessedRecord Beyond = new(4, 512, "?");

    public static IEnumerable<TestCaseData> Answers()
    {
        yield return Case("success", Answer(AnswerStatus.Success), "taken taken taken");
        yield return Case("a refused record", Answer(AnswerStatus.Partial, Second), "taken 512 taken");
        yield return Case("two entries for one record: the first counts", Answer(AnswerStatus.Partial, Second, new UnprocessedRecord(2, 516, "")), "taken 512 taken");
        yield return Case("a number out of range is no number", Answer(AnswerStatus.Partial, Beyond), "512 512 512");
        yield return Case("number zero is no number", Answer(AnswerStatus.Partial, new UnprocessedRecord(0, 512, "")), "512 512 512");
        yield return Case("a refusal without a number may mean any record", Answer(AnswerStatus.Partial, Second, Nameless), "511 512 511");
        yield return Case("all refused, none named", Answer(AnswerStatus.Fail), "0 0 0");
        yield return Case("all refused, one named", Answer(AnswerStatus.Fail, Second), "0 512 0");
        yield return Case("a success with a refused record", Answer(AnswerStatus.Success, Second), "taken 512 taken");

        static TestCaseData Case(string name, object answer, string places) => new TestCaseData(answer, places).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Answers))]
    public void Each_place_is_judged(object answer, string expected) =>
        Assert.That(string.Join(' ', Outcome.Judge((CleverTapAnswer)answer, 3).Select(entry => entry is null ? "taken" : $"{entry.Code}")), Is.EqualTo(expected));

    [TestCase(AnswerStatus.Success, 3, 0, true)]
    [TestCase(AnswerStatus.Success, null, 0, true)]
    [TestCase(AnswerStatus.Success, 2, 0, false)]
    [TestCase(AnswerStatus.Partial, 2, 1, true)]
    [TestCase(AnswerStatus.Partial, 1, 1, false)]
    [TestCase(AnswerStatus.Partial, 3, 1, true)]
    [TestCase(AnswerStatus.Fail, 0, 0, true)]
    public void An_answer_accounts_for_every_record_or_it_counts_as_lost(AnswerStatus status, int? processed, int refused, bool accounts) =>
        Assert.That(Outcome.Accounts(Answer(status, [.. Enumerable.Repeat(Second, refused)]) with { Processed = processed }, 3), Is.EqualTo(accounts));

    [Test]
    public void A_refused_profile_stays_the_outcome_when_its_token_does_not_get_through()
    {
        EventOutcome rejected = Outcome.Reject(new EventOutcome { Index = 0, Kind = OutcomeKind.Delivered }, 515, "email");

        Assert.That(Outcome.Fail(rejected, DeliveryFailure.Cancelled), Is.SameAs(rejected));
    }

    [Test]
    public void A_refused_token_outweighs_a_failure_before_it()
    {
        EventOutcome failed = Outcome.Fail(new EventOutcome { Index = 0, Kind = OutcomeKind.Delivered }, DeliveryFailure.Cancelled);

        EventOutcome rejected = Outcome.Reject(failed, 534, "token");

        Assert.That((rejected.Kind, rejected.Code, rejected.UndeliveredReason), Is.EqualTo((OutcomeKind.Rejected, 534, (UndeliveredReason?)null)));
    }

    [TestCase(AnswerStatus.Unauthorized, UndeliveredReason.Unauthorized)]
    [TestCase(AnswerStatus.BadRequest, UndeliveredReason.BadRequest)]
    [TestCase(AnswerStatus.Unavailable, UndeliveredReason.Unavailable)]
    [TestCase(AnswerStatus.Unreadable, UndeliveredReason.Unreadable)]
    [TestCase(AnswerStatus.NoAnswer, UndeliveredReason.NoAnswer)]
    [TestCase(AnswerStatus.NotConnected, UndeliveredReason.NotConnected)]
    public void A_failure_has_its_reason(AnswerStatus status, UndeliveredReason reason) => Assert.That(DeliveryFailure.Of(Answer(status)).Reason, Is.EqualTo(reason));

    [TestCase(503, null, "CleverTap answered 503")]
    [TestCase(503, "Busy", "Busy")]
    [TestCase(null, null, "CleverTap did not answer")]
    public void A_failure_has_words(int? status, string? error, string message) =>
        Assert.That(DeliveryFailure.Of(Answer(AnswerStatus.Unavailable) with { HttpStatus = status, Error = error }).Message, Is.EqualTo(message));

    private static CleverTapAnswer Answer(AnswerStatus status, params UnprocessedRecord[] unprocessed) => new() { Status = status, Unprocessed = unprocessed };
}
