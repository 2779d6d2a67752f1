using System.Text;
using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Tool.CheckAccount.Claims;

namespace CleverTap.Rudder.Tests.Tool.CheckAccount;

/// <summary>How a response to an upload or a look-up is compared with the expected one.</summary>
public sealed class ProbeTests
{
    private static readonly UploadProbe One = new(new ProbeRecord("a", "{}", RecordCode.EventNameMissing));

    private static readonly UploadProbe Three = new(
        new ProbeRecord("a", "{}", RecordCode.EventNameMissing),
        new ProbeRecord("b", "{}"),
        new ProbeRecord("c", "{}", RecordCode.EventNameMissing)
    );

    private static readonly object[][] Responses =
    [
        [One, Rejecting((null, 509)), ClaimStatus.Agrees, "rejected with 509"],
        [One, Rejecting((1, 513)), ClaimStatus.Differs, "rejected with 513"],
        [One, Rejecting(), ClaimStatus.Differs, "accepted"],
        [One, Rejecting((1, 0)), ClaimStatus.Differs, "rejected without a code"],
        [One, "[]", ClaimStatus.Differs, "HTTP 200: []"],
        [Three, Rejecting((1, 509), (3, 509)), ClaimStatus.Agrees, "rejected with 509: a, c; accepted: b"],
        [Three, Rejecting((3, 509), (1, 509)), ClaimStatus.Agrees, "rejected with 509: a, c; accepted: b"],
        [Three, Rejecting((1, 509)), ClaimStatus.Differs, "accepted: c; the others as expected"],
        [Three, Rejecting((1, 513), (3, 523)), ClaimStatus.Differs, "rejected with 513: a; rejected with 523: c; the others as expected"],
        [Three, Rejecting((2, 509), (3, 509)), ClaimStatus.Differs, "accepted: a; rejected with 509: b; the others as expected"],
        [Three, Rejecting((null, 509), (3, 509)), ClaimStatus.Differs, "a rejected record without its number"],
        [Three, Rejecting((0, 509), (2, 509)), ClaimStatus.Differs, "a rejected record without its number"],
        [Three, Rejecting((1, 509), (4, 509)), ClaimStatus.Differs, "a rejected record without its number"],
        [Three with { ChecksTotals = true }, Rejecting((1, 509), (3, 509)), ClaimStatus.Differs, "fail, processed 9"],
        [new LookupProbe("u", IsStored: false), """{"record":{"identity":"u"}}""", ClaimStatus.Differs, "a profile"],
        [new LookupProbe("u", IsStored: true), """{"record":{"identity":"u"}}""", ClaimStatus.Agrees, "a profile"],
        [new LookupProbe("u", IsStored: false), """{"record":{}}""", ClaimStatus.Agrees, "no profile (HTTP 200: {\"record\":{}})"],
        [new LookupProbe("u", IsStored: true), """{"status":"success"}""", ClaimStatus.Differs, "no profile (HTTP 200, success)"],
    ];

    [TestCaseSource(nameof(Responses))]
    public void Response_is_compared_with_the_expected_one(object probe, string body, object status, string actual) =>
        Assert.That(((Probe)probe).Evaluate(Read(200, body)), Is.EqualTo(new Finding((ClaimStatus)status, actual)));

    [TestCase(401, "NotShown")]
    [TestCase(400, "NotShown")]
    [TestCase(404, "Agrees")]
    public void Look_up_shows_nothing_if_the_server_refuses_it(int httpStatus, string status) =>
        Assert.That(new LookupProbe("u", IsStored: false).Evaluate(Read(httpStatus, "{}")).Status.ToString(), Is.EqualTo(status));

    [Test]
    public void Error_text_is_compared_if_the_claim_has_one()
    {
        var probe = new UploadProbe(new ProbeRecord("a", "{}", RecordCode.EventNameMissing) { Error = "Other" });

        Finding finding = probe.Evaluate(Read(200, Rejecting((1, 509))));

        Assert.That(finding, Is.EqualTo(new Finding(ClaimStatus.Differs, "rejected with 509, text \"Skipped record number : 1\"")));
    }

    private static ProbeResponse Read(int status, string body) =>
        ProbeResponse.Create(new RawResponse(status, Encoding.UTF8.GetBytes(body), RetryAfter: null), text => text);

    /// <summary>A response whose totals are wrong on purpose.</summary>
    private static string Rejecting(params (int? Number, int Code)[] records)
    {
        IEnumerable<string> entries = records.Select(record =>
            $$"""{"code":{{record.Code}},"error":"{{(record.Number is { } number ? $"Skipped record number : {number}" : "")}}"}"""
        );
        return $$"""{"status":"fail","processed":9,"unprocessed":[{{string.Join(',', entries)}}]}""";
    }
}
