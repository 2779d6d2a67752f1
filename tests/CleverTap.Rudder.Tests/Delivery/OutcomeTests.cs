namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>What an answer means for each place of an upload.</summary>
public sealed class OutcomeTests
{
    private static readonly UnprocessedRecord Second = new(2, 512, "nested");
    private static readonly UnprocessedRecord Third = new(3, 513, "reserved");
    private static readonly UnprocessedRecord Nameless = new(null, 511, "Something");
    private static readonly IReadOnlyList<RecordOfEvent> Records =
    [
        Record("""{"type":"event","identity":"13","evtName":"a","evtData":{}}"""),
        Record("""{"type":"profile","identity":"13","profileData":{"Phone":"+35922333232","n":1}}"""),
        Record("""{"type":"event","identity":"13","evtName":"a","evtData":{}}"""),
    ];

    public static IEnumerable<TestCaseData> Answers()
    {
        yield return Case("success", Answer(ResponseStatus.Success), "taken taken taken");
        yield return Case("a refused record", Answer(ResponseStatus.Partial, Second), "taken 512 taken");
        yield return Case("the last record", Answer(ResponseStatus.Partial, Third), "taken taken 513");
        yield return Case("two entries for one record: the first counts", Answer(ResponseStatus.Partial, Second, new UnprocessedRecord(2, 516, "")), "taken 512 taken");
        yield return Case("a number out of range", Answer(ResponseStatus.Partial, new UnprocessedRecord(4, 512, "?")), "nobody knows");
        yield return Case("number zero", Answer(ResponseStatus.Partial, new UnprocessedRecord(0, 512, "")), "nobody knows");
        yield return Case("no number", Answer(ResponseStatus.Partial, Second, Nameless), "nobody knows");
        yield return Case("no number, but a quote that differs a little", Answer(ResponseStatus.Partial, Quote("""{"profileData":{"n":1,"Phone":35922333232},"identity":13,"type":"profile"}""")), "taken 515 taken");
        yield return Case("two quotes of records that are alike", Answer(ResponseStatus.Partial, Quote(Records[0].Record.ToJson()), Quote(Records[0].Record.ToJson())), "515 taken 515");
        yield return Case("the first record", Answer(ResponseStatus.Partial, new UnprocessedRecord(1, 509, "")), "509 taken taken");
        yield return Case("a quote with another value", Answer(ResponseStatus.Partial, Quote("""{"type":"profile","identity":"13","profileData":{"Phone":"+35922333232","n":2}}""")), "nobody knows");
        yield return Case("a quote with another name", Answer(ResponseStatus.Partial, Quote("""{"type":"profile","identity":"13","profileData":{"Phone":"+35922333232","m":1}}""")), "nobody knows");
        yield return Case("a quote of nothing that was sent", Answer(ResponseStatus.Partial, Quote("""{"type":"event"}""")), "nobody knows");
        yield return Case("all refused, none named", Answer(ResponseStatus.Fail), "0 0 0");
        yield return Case("all refused, with a code for all", Answer(ResponseStatus.Fail) with { Code = 555 }, "555 555 555");
        yield return Case("all refused, one named", Answer(ResponseStatus.Fail, Second), "0 512 0");
        yield return Case("all refused, two nameless: the first counts", Answer(ResponseStatus.Fail, Nameless, new UnprocessedRecord(null, 1, "")), "511 511 511");
        yield return Case("a success with a refused record", Answer(ResponseStatus.Success, Second), "taken 512 taken");

        static TestCaseData Case(string name, object answer, string places) => new TestCaseData(answer, places).SetArgDisplayNames(name);
        static UnprocessedRecord Quote(string json) => new(null, 515, "") { Echo = new JsonValue(System.Text.Encoding.UTF8.GetBytes(json)) };
    }

    [TestCaseSource(nameof(Answers))]
    public void Each_place_is_judged(object answer, string expected)
    {
        UnprocessedRecord?[]? judged = Outcome.Judge((CleverTapResponse)answer, Records);

        Assert.That(judged is null ? "nobody knows" : string.Join(' ', judged.Select(entry => entry is null ? "taken" : $"{entry.Code}")), Is.EqualTo(expected));
    }

    [Test]
    public void A_refusal_of_all_is_told_in_CleverTaps_words_or_in_ours()
    {
        Assert.That(Outcome.Judge(Answer(ResponseStatus.Fail) with { Error = "Quota" }, Records)![0]!.Error, Is.EqualTo("Quota"));
        Assert.That(Outcome.Judge(Answer(ResponseStatus.Fail), Records)![0]!.Error, Is.EqualTo("CleverTap refused the upload"));
    }

    [TestCase(ResponseStatus.Success, 3, 0, true)]
    [TestCase(ResponseStatus.Success, null, 0, true)]
    [TestCase(ResponseStatus.Success, 2, 0, false)]
    [TestCase(ResponseStatus.Success, 5, 0, false)]
    [TestCase(ResponseStatus.Partial, 2, 1, true)]
    [TestCase(ResponseStatus.Partial, 1, 1, false)]
    [TestCase(ResponseStatus.Partial, 3, 1, false)]
    [TestCase(ResponseStatus.Fail, 0, 0, true)]
    [TestCase(ResponseStatus.Fail, 0, 1, true)]
    public void An_answer_accounts_for_every_record_or_it_counts_as_lost(ResponseStatus status, int? processed, int refused, bool accounts) =>
        Assert.That(Outcome.Accounts(Answer(status, [.. Enumerable.Repeat(Second, refused)]) with { Processed = processed }, Records), Is.EqualTo(accounts));

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

    [TestCase(ResponseStatus.Unauthorized, UndeliveredReason.Unauthorized)]
    [TestCase(ResponseStatus.BadRequest, UndeliveredReason.BadRequest)]
    [TestCase(ResponseStatus.Unavailable, UndeliveredReason.Unavailable)]
    [TestCase(ResponseStatus.Unreadable, UndeliveredReason.Unreadable)]
    [TestCase(ResponseStatus.NoResponse, UndeliveredReason.NoResponse)]
    [TestCase(ResponseStatus.NotConnected, UndeliveredReason.NotConnected)]
    public void A_failure_has_its_reason(ResponseStatus status, UndeliveredReason reason) => Assert.That(DeliveryFailure.Of(Answer(status)).Reason, Is.EqualTo(reason));

    [TestCase(UndeliveredReason.NoResponse, false)]
    [TestCase(UndeliveredReason.Unreadable, false)]
    [TestCase(UndeliveredReason.Unavailable, false)]
    [TestCase(UndeliveredReason.NotConnected, true)]
    [TestCase(UndeliveredReason.BadRequest, true)]
    [TestCase(UndeliveredReason.Unauthorized, true)]
    [TestCase(UndeliveredReason.Cancelled, true)]
    [TestCase(UndeliveredReason.Deadline, true)]
    public void A_failure_that_would_meet_every_upload_ends_the_lane(UndeliveredReason reason, bool ends) =>
        Assert.That(new DeliveryFailure(reason, "").EndsLane, Is.EqualTo(ends));

    [TestCase(503, null, "CleverTap answered 503")]
    [TestCase(503, "Busy", "Busy")]
    [TestCase(null, null, "CleverTap did not answer")]
    public void A_failure_has_words(int? status, string? error, string message) =>
        Assert.That(DeliveryFailure.Of(Answer(ResponseStatus.Unavailable) with { HttpStatus = status, Error = error }).Message, Is.EqualTo(message));

    private static CleverTapResponse Answer(ResponseStatus status, params UnprocessedRecord[] unprocessed) => new() { Status = status, Unprocessed = unprocessed };

    private static RecordOfEvent Record(string json) => new(0, CleverTapRecord.Create(RecordKind.Event, System.Text.Encoding.UTF8.GetBytes(json)));
}
