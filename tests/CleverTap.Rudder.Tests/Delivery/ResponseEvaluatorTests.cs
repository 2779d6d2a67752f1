namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>What a response says of each record of an upload.</summary>
public sealed class ResponseEvaluatorTests
{
    private static readonly UnprocessedRecord Second = new(2, 512, "nested");
    private static readonly UnprocessedRecord Third = new(3, 513, "reserved");
    private static readonly UnprocessedRecord Nameless = new(null, 511, "Something");
    private static readonly IReadOnlyList<CleverTapRecord> Records =
    [
        Record("""{"type":"event","identity":"13","evtName":"a","evtData":{}}"""),
        Record("""{"type":"profile","identity":"13","profileData":{"Phone":"+35922333232","n":1}}"""),
        Record("""{"type":"event","identity":"13","evtName":"a","evtData":{}}"""),
    ];

    public static IEnumerable<TestCaseData> Answers()
    {
        yield return Case("success", Response(ResponseStatus.Success), "accepted accepted accepted");
        yield return Case("a rejected record", Response(ResponseStatus.Partial, Second), "accepted 512 accepted");
        yield return Case("the last record", Response(ResponseStatus.Partial, Third), "accepted accepted 513");
        yield return Case(
            "two entries for one record: the first counts",
            Response(ResponseStatus.Partial, Second, new UnprocessedRecord(2, 516, "")),
            "accepted 512 accepted"
        );
        yield return Case("a number out of range", Response(ResponseStatus.Partial, new UnprocessedRecord(4, 512, "?")), "unknown");
        yield return Case("number zero", Response(ResponseStatus.Partial, new UnprocessedRecord(0, 512, "")), "unknown");
        yield return Case("no number", Response(ResponseStatus.Partial, Second, Nameless), "unknown");
        yield return Case(
            "no number, but a quote that differs a little",
            Response(ResponseStatus.Partial, Quote("""{"profileData":{"n":1,"Phone":35922333232},"identity":13,"type":"profile"}""")),
            "accepted 515 accepted"
        );
        yield return Case(
            "two quotes of records that are alike",
            Response(ResponseStatus.Partial, Quote(Records[0].ToJson()), Quote(Records[0].ToJson())),
            "515 accepted 515"
        );
        yield return Case("the first record", Response(ResponseStatus.Partial, new UnprocessedRecord(1, 509, "")), "509 accepted accepted");
        yield return Case(
            "a quote with another value",
            Response(ResponseStatus.Partial, Quote("""{"type":"profile","identity":"13","profileData":{"Phone":"+35922333232","n":2}}""")),
            "unknown"
        );
        yield return Case(
            "a quote with another name",
            Response(ResponseStatus.Partial, Quote("""{"type":"profile","identity":"13","profileData":{"Phone":"+35922333232","m":1}}""")),
            "unknown"
        );
        yield return Case("a quote of nothing that was sent", Response(ResponseStatus.Partial, Quote("""{"type":"event"}""")), "unknown");
        yield return Case("all rejected, none named", Response(ResponseStatus.Fail), "0 0 0");
        yield return Case("all rejected, with a code for all", Response(ResponseStatus.Fail) with { Code = 555 }, "555 555 555");
        yield return Case("all rejected, one named", Response(ResponseStatus.Fail, Second), "0 512 0");
        yield return Case(
            "all rejected, two nameless: the first counts",
            Response(ResponseStatus.Fail, Nameless, new UnprocessedRecord(null, 1, "")),
            "511 511 511"
        );
        yield return Case("a success with a rejected record", Response(ResponseStatus.Success, Second), "accepted 512 accepted");

        static TestCaseData Case(string name, object response, string places) =>
            new TestCaseData(response, places).SetArgDisplayNames(name);
        static UnprocessedRecord Quote(string json) =>
            new(null, 515, "") { Echo = new JsonSlice(System.Text.Encoding.UTF8.GetBytes(json)) };
    }

    [TestCaseSource(nameof(Answers))]
    public void Each_record_is_accepted_or_rejected(object response, string expected)
    {
        UnprocessedRecord?[]? rejections = ResponseEvaluator.Evaluate((CleverTapResponse)response, Records);

        Assert.That(
            rejections is null ? "unknown" : string.Join(' ', rejections.Select(entry => entry is null ? "accepted" : $"{entry.Code}")),
            Is.EqualTo(expected)
        );
    }

    [Test]
    public void A_rejection_of_all_is_told_in_CleverTaps_words_or_in_ours()
    {
        Assert.That(
            ResponseEvaluator.Evaluate(Response(ResponseStatus.Fail) with { Error = "Quota" }, Records)![0]!.Error,
            Is.EqualTo("Quota")
        );
        Assert.That(
            ResponseEvaluator.Evaluate(Response(ResponseStatus.Fail), Records)![0]!.Error,
            Is.EqualTo("CleverTap rejected the upload")
        );
    }

    [TestCase(ResponseStatus.Success, 3, 0, true)]
    [TestCase(ResponseStatus.Success, null, 0, true)]
    [TestCase(ResponseStatus.Success, 2, 0, false)]
    [TestCase(ResponseStatus.Success, 5, 0, false)]
    [TestCase(ResponseStatus.Partial, 2, 1, true)]
    [TestCase(ResponseStatus.Partial, 1, 1, false)]
    [TestCase(ResponseStatus.Partial, 3, 1, false)]
    [TestCase(ResponseStatus.Fail, 0, 0, true)]
    [TestCase(ResponseStatus.Fail, null, 0, true)]
    [TestCase(ResponseStatus.Fail, 2, 0, false)]
    [TestCase(ResponseStatus.Fail, 9, 1, false)]
    [TestCase(ResponseStatus.Fail, 2, 1, true)]
    [TestCase(ResponseStatus.Fail, 0, 3, true)]
    public void A_response_is_consistent_if_it_covers_every_record(ResponseStatus status, int? processed, int rejected, bool accounts) =>
        Assert.That(
            ResponseEvaluator.IsConsistent(
                Response(status, [.. Enumerable.Repeat(Second, rejected)]) with
                {
                    Processed = processed,
                },
                Records
            ),
            Is.EqualTo(accounts)
        );

    [TestCase(ResponseStatus.Unauthorized, UndeliveredReason.Unauthorized)]
    [TestCase(ResponseStatus.BadRequest, UndeliveredReason.BadRequest)]
    [TestCase(ResponseStatus.Unavailable, UndeliveredReason.Unavailable)]
    [TestCase(ResponseStatus.Unreadable, UndeliveredReason.Unreadable)]
    [TestCase(ResponseStatus.NoResponse, UndeliveredReason.NoResponse)]
    [TestCase(ResponseStatus.NotConnected, UndeliveredReason.NotConnected)]
    public void A_failure_has_its_reason(ResponseStatus status, UndeliveredReason reason) =>
        Assert.That(DeliveryFailure.From(Response(status)).Reason, Is.EqualTo(reason));

    [TestCase(503, null, "CleverTap responded with 503")]
    [TestCase(503, "Busy", "Busy")]
    [TestCase(null, null, "CleverTap did not respond")]
    public void A_failure_has_words(int? status, string? error, string message) =>
        Assert.That(
            DeliveryFailure.From(Response(ResponseStatus.Unavailable) with { HttpStatus = status, Error = error }).Message,
            Is.EqualTo(message)
        );

    private static CleverTapResponse Response(ResponseStatus status, params UnprocessedRecord[] unprocessed) =>
        new() { Status = status, Unprocessed = unprocessed };

    private static CleverTapRecord Record(string json) =>
        CleverTapRecord.Create(RecordKind.Event, System.Text.Encoding.UTF8.GetBytes(json));
}
