using System.Text;

namespace CleverTap.Rudder.Tests.Delivery;

public sealed class ResponseReaderTests
{
    [TestCase(200, """{"status":"success","processed":2,"unprocessed":[]}""", ResponseStatus.Success, 2)]
    [TestCase(200, """{"processed":"2","extra":{"a":[1]},"status":"success"}""", ResponseStatus.Success, 2)]
    [TestCase(200, """{"status":"partial","processed":1,"unprocessed":[{}]}""", ResponseStatus.Partial, 1)]
    [TestCase(200, """{"status":"fail","processed":0,"unprocessed":[]}""", ResponseStatus.Fail, 0)]
    [TestCase(200, """{"status":"Success"}""", ResponseStatus.Unreadable, null)]
    [TestCase(200, """{"status":{"x":1}}""", ResponseStatus.Unreadable, null)]
    [TestCase(200, "", ResponseStatus.Unreadable, null)]
    [TestCase(200, "<html>", ResponseStatus.Unreadable, null)]
    [TestCase(200, "[]", ResponseStatus.Unreadable, null)]
    [TestCase(302, "", ResponseStatus.BadRequest, null)]
    [TestCase(304, "", ResponseStatus.BadRequest, null)]
    [TestCase(100, "", ResponseStatus.Unreadable, null)]
    [TestCase(300, "", ResponseStatus.BadRequest, null)]
    [TestCase(200, "\uFEFF{\"status\":\"success\"}", ResponseStatus.Success, null)]
    [TestCase(200, "{\"status\":\"success\"} {}", ResponseStatus.Unreadable, null)]
    [TestCase(200, "{", ResponseStatus.Unreadable, null)]
    [TestCase(199, """{"status":"success"}""", ResponseStatus.Unreadable, null)]
    [TestCase(299, """{"status":"success"}""", ResponseStatus.Success, null)]
    [TestCase(400, """{"status":"fail","error":"Malformed request","code":400}""", ResponseStatus.BadRequest, null)]
    [TestCase(404, "", ResponseStatus.BadRequest, null)]
    [TestCase(401, """{"status":"fail","error":"Account ID is not valid","code":401}""", ResponseStatus.Unauthorized, null)]
    [TestCase(403, "", ResponseStatus.Unauthorized, null)]
    [TestCase(408, "", ResponseStatus.Unavailable, null)]
    [TestCase(429, "Too many concurrent requests", ResponseStatus.Unavailable, null)]
    [TestCase(500, "", ResponseStatus.Unavailable, null)]
    [TestCase(503, "", ResponseStatus.Unavailable, null)]
    public void Read_gives_the_status_of_a_response(int httpStatus, string body, ResponseStatus status, int? processed)
    {
        CleverTapResponse response = Read(httpStatus, body);

        Assert.That((response.Status, response.Processed, response.HttpStatus), Is.EqualTo((status, processed, httpStatus)));
    }

    [TestCase("Profile data is incorrect. Email is not valid.Skipped record number : 2", "515", 2, 515)]
    [TestCase("Event Name is incorrect. ErrorCode: 509 - Event name is mandatory. Skipped record number : 17", "509", 17, 509)]
    [TestCase("skipped RECORD number:3", "\"555\"", 3, 555)]
    [TestCase("Skipped record number : 99999999999999", "512", null, 512)]
    [TestCase("Something else", "null", null, 0)]
    public void Read_gives_the_number_and_code_of_a_rejected_record(string error, string code, int? number, int expectedCode)
    {
        CleverTapResponse response = Read(
            200,
            $$"""{"status":"partial","unprocessed":[{"status":"fail","record":{},"code":{{code}},"error":"{{error}}" }]}"""
        );

        Assert.That(
            response.Unprocessed.Select(entry => (entry.RecordNumber, entry.Code, entry.Error)),
            Is.EqualTo(new[] { (number, expectedCode, error) })
        );
    }

    [TestCase("""{"status":"partial","unprocessed":{}}""")]
    [TestCase("""{"status":"partial","unprocessed":null}""")]
    [TestCase("""{"status":"partial"}""")]
    public void Read_gives_no_rejected_records_when_the_member_is_not_an_array(string body) =>
        Assert.That(Read(200, body).Unprocessed, Is.Empty);

    [Test]
    public void Read_counts_an_entry_that_is_not_an_object_as_a_rejected_record() =>
        Assert.That(
            Read(200, """{"status":"partial","unprocessed":["x"]}""").Unprocessed,
            Is.EqualTo(new[] { new UnprocessedRecord(null, 0, "") })
        );

    [Test]
    public void Read_keeps_a_lone_surrogate() =>
        Assert.That(Read(200, """{"status":"success","error":"\ud800"}""").Error, Is.EqualTo("\ud800"));

    private static CleverTapResponse Read(int httpStatus, string body) => ResponseReader.Read(httpStatus, Encoding.UTF8.GetBytes(body));
}
