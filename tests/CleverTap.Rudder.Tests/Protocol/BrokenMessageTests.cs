using System.Text.Json;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary>A message that is not JSON inside its brackets is the error of its job; the other jobs get their records.</summary>
public sealed class BrokenMessageTests
{
    private static readonly string[] Broken =
    [
        """{"type":"track","userId":"u1","event":tru}""",
        """{"type":"track","userId":"u1","event":"e","properties":{"a":01}}""",
        """{"type":"track" "userId":"u1"}""",
        """{"statusCode":200,"body":{"JSON":{"d":[{"type":"event",}]}}}""",
        """{"type":"track","userId":"u1","event":"e",,}""",
    ];

    [TestCaseSource(nameof(Broken))]
    public void Broken_message_is_an_error_of_its_job_when_processed(string message)
    {
        JsonElement[] items = ProtocolClient.Process(ProtocolClient.Job(1), ProtocolClient.Job(2, message), ProtocolClient.Job(3));

        Assert.That(items.Select(ProtocolClient.StatusCode), Is.EqualTo(new[] { 200, 400, 200 }));
        Assert.That(items[1].GetProperty("metadata").GetProperty("jobId").GetInt32(), Is.EqualTo(2));
    }

    [TestCaseSource(nameof(Broken))]
    public void Broken_message_is_an_error_of_its_job_when_routed(string message)
    {
        JsonElement[] items = ProtocolClient.Route(ProtocolClient.Job(1), ProtocolClient.Job(2, message), ProtocolClient.Job(3));

        JsonElement error = items.Single(item => ProtocolClient.StatusCode(item) == 400);
        JsonElement batch = items.Single(item => ProtocolClient.StatusCode(item) == 200);
        Assert.That(ProtocolClient.Ids(error), Is.EqualTo(new[] { 2 }));
        Assert.That(ProtocolClient.Ids(batch), Is.EqualTo(new[] { 1, 3 }));
    }

    [TestCaseSource(nameof(Broken))]
    public void Broken_message_is_an_error_of_its_job_when_the_destination_has_templates(string message)
    {
        string destination = ProtocolClient.DestinationWith(
            """
            "enableObjectIdMapping":"{{ event.properties.mapping || }}"
            """
        );

        JsonElement[] items = ProtocolClient.Process(
            ProtocolClient.Job(1, ProtocolClient.Track, destination),
            ProtocolClient.Job(2, message, destination)
        );

        Assert.That(items.Select(ProtocolClient.StatusCode), Is.EqualTo(new[] { 200, 400 }));
    }

    [TestCase("""[{"message":{"type":"track"},"metadata":{"jobId":tru}}]""")]
    [TestCase("""[{"message":{"type":"track"},"metadata":{},"destination":{"Config":{"a":01}}}]""")]
    [TestCase("""[{"message":{"type":"track"},,"metadata":{}}]""")]
    [TestCase("""[{"message":{"type":"track"}]""")]
    [TestCase("""[{"message":{"type":"track"}}] 7""")]
    [TestCase("")]
    [TestCase(" ")]
    public void Body_whose_other_parts_are_not_JSON_is_rejected(string body)
    {
        (int status, JsonElement response) = ProtocolClient.Processor(body);

        Assert.That(status, Is.EqualTo(400));
        Assert.That(response.GetRawText(), Does.Contain("The body is not valid JSON"));
    }
}
