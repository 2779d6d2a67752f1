using System.Text.Json;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>The exact content of responses besides the records.</summary>
public sealed class ResponseTests
{
    private const string Labels = """
        "destType":"CLEVERTAP","module":"destination","implementation":"native","destinationId":"d-1","workspaceId":"w-1","errorCategory":"dataValidation"
        """;

    private static readonly string Destination = Job.To("""{"accountId":"acc","passcode":"pass","enableObjectIdMapping":true}""");

    [Test]
    public async Task The_processor_gets_a_request_for_the_profile_and_one_for_the_token()
    {
        Job pair = Job.Pair(1, Destination);

        using HttpResponseMessage response = await Service.Rudder.PostAsync(
            "/v0/destinations/clevertap",
            new Uncompacted().Processor([pair])
        );

        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        await AssertSameAsync(
            response,
            $$$"""
            [{"output":{{{Request(
                """{"type":"profile","profileData":{"plan":"pro","identity":"u1"},"objectId":"a1"}"""
            )}}},"metadata":{{{pair.Metadata}}},"statusCode":200},
             {"output":{{{Request(
                """{"type":"token","tokenData":{"id":"t1","type":"fcm"},"objectId":"a1"}"""
            )}}},"metadata":{{{pair.Metadata}}},"statusCode":200}]
            """
        );

        static string Request(string record) =>
            $$"""
                {"version":"1","type":"REST","method":"POST","endpoint":"https://api.clevertap.com/1/upload",
                 "headers":{"X-CleverTap-Account-Id":"acc","X-CleverTap-Passcode":"pass","Content-Type":"application/json"},"params":{},
                 "body":{"JSON":{"d":[{{record}}]},"JSON_ARRAY":{},"XML":{},"FORM":{} },"files":{},"userId":""}
                """;
    }

    [TestCase("""{"userId":"u"}""", "Message Type is not present. Aborting message.")]
    [TestCase("""{"batch":[{"type":"track","userId":"u","event":"e"}]}""", "Message Type is not present. Aborting message.")]
    [TestCase("""{"body":{"JSON":{"type":"track","userId":"u","event":"e"}}}""", "Message Type is not present. Aborting message.")]
    [TestCase("""{"type":"group","userId":"u"}""", "Message type not supported")]
    [TestCase("""{"type":"track","anonymousId":"a","event":"e"}""", "userId, not present cannot track anonymous user")]
    [TestCase("""{"type":"track","userId":"u"}""", "Missing required value from \"event\"")]
    public async Task Invalid_event_gets_the_protocols_error_text(string message, string error)
    {
        Job job = new(1, message, Destination);
        string words = JsonSerializer.Serialize(error);

        using HttpResponseMessage processed = await Service.Rudder.PostAsync(
            "/v0/destinations/clevertap",
            new Uncompacted().Processor([job])
        );
        using HttpResponseMessage routed = await Service.Rudder.PostAsync("/routerTransform", new Uncompacted().Router([job]));

        await AssertSameAsync(
            processed,
            $$"""
            [{"metadata":{{job.Metadata}},"statusCode":400,"error":{{words}},"statTags":{ {{Labels}},"errorType":"instrumentation","feature":"processor"} }]
            """
        );
        await AssertSameAsync(
            routed,
            $$"""
            {"output":[{"metadata":[{{job.Metadata}}],"batched":false,"statusCode":400,"error":{{words}},
             "statTags":{ {{Labels}},"errorType":"instrumentation","feature":"router"},"destination":{{Destination}} }]}
            """
        );
    }

    [Test]
    public async Task The_processors_response_to_no_jobs_is_empty()
    {
        Assert.That(await Service.Rudder.ProcessAsync([]), Is.Empty);
    }

    private static async Task AssertSameAsync(HttpResponseMessage response, string expected) =>
        Assert.That(CanonicalJson.Of(await response.Content.ReadAsStringAsync()), Is.EqualTo(CanonicalJson.Of(expected)));
}
