using System.Buffers;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary><c>POST /v0/destinations/clevertap</c>.</summary>
public sealed class ProcessorTests
{
    [Test]
    public void Event_becomes_a_request_with_unchanged_metadata()
    {
        JsonElement item = ProtocolClient.Process(ProtocolClient.Job(7)).Single();

        ProtocolClient.AssertEqual(
            item,
            $$$"""
            {"output":{"version":"1","type":"REST","method":"POST","endpoint":"https://in1.api.clevertap.com/1/upload",
              "headers":{"X-CleverTap-Account-Id":"acc","X-CleverTap-Passcode":"open-sesame","Content-Type":"application/json"},"params":{},
              "body":{"JSON":{"d":[{"evtName":"Seen","evtData":{},"type":"event","identity":"u1"}]},"JSON_ARRAY":{},"XML":{},"FORM":{}},"files":{},"userId":""},
             "metadata":{{{ProtocolClient.Metadata(7)}}},"statusCode":200}
            """
        );
        Assert.That(item.GetProperty("metadata").GetRawText(), Is.EqualTo(ProtocolClient.Metadata(7)));
    }

    [Test]
    public void An_identify_with_a_token_becomes_two_items_with_the_same_metadata()
    {
        JsonElement[] items = ProtocolClient.Process(ProtocolClient.Job(1, ProtocolClient.Pair, ProtocolClient.TokenDestination));

        Assert.That(
            items.Select(item => item.GetProperty("metadata").GetRawText()),
            Is.EqualTo(new[] { ProtocolClient.Metadata(1), ProtocolClient.Metadata(1) })
        );
        Assert.That(
            items.Select(item => ProtocolClient.Records(item.GetProperty("output"))[0].GetProperty("type").GetString()),
            Is.EqualTo(new[] { "profile", "token" })
        );
        Assert.That(items.Select(item => ProtocolClient.Records(item.GetProperty("output")).GetArrayLength()), Is.All.EqualTo(1));
    }

    [Test]
    public void The_items_keep_the_order_of_the_jobs()
    {
        JsonElement[] items = ProtocolClient.Process(
            ProtocolClient.Job(1),
            ProtocolClient.Job(2, ProtocolClient.Nonsense),
            ProtocolClient.Job(3, ProtocolClient.Pair, ProtocolClient.TokenDestination),
            ProtocolClient.Job(4)
        );

        Assert.That(
            items.Select(item => item.GetProperty("metadata").GetProperty("jobId").GetInt32()),
            Is.EqualTo(new[] { 1, 2, 3, 3, 4 })
        );
        Assert.That(items.Select(ProtocolClient.StatusCode), Is.EqualTo(new[] { 200, 400, 200, 200, 200 }));
    }

    [Test]
    public void An_invalid_event_gets_an_error_item_with_tags()
    {
        JsonElement item = ProtocolClient.Process(ProtocolClient.Job(1, ProtocolClient.Nonsense)).Single();

        ProtocolClient.AssertEqual(
            item.GetProperty("statTags"),
            """
            {"errorCategory":"dataValidation","errorType":"instrumentation","destType":"CLEVERTAP","module":"destination","implementation":"native","feature":"processor","destinationId":"dest-1","workspaceId":"ws"}
            """
        );
        Assert.That(
            item.EnumerateObject().Select(member => member.Name),
            Is.EquivalentTo(new[] { "metadata", "statusCode", "error", "statTags" })
        );
        Assert.That(item.GetProperty("error").GetString(), Is.Not.Empty);
        Assert.That(item.GetProperty("metadata").GetRawText(), Is.EqualTo(ProtocolClient.Metadata(1)));
    }

    [Test]
    public void Tags_omit_ids_that_the_metadata_do_not_contain()
    {
        JsonElement item = ProtocolClient
            .Process($$"""{"message":{{ProtocolClient.Nonsense}},"metadata":{"jobId":1},"destination":{{ProtocolClient.Destination}}}""")
            .Single();

        Assert.That(
            item.GetProperty("statTags").EnumerateObject().Select(tag => tag.Name),
            Does.Not.Contain("destinationId").And.Not.Contain("workspaceId")
        );
    }

    [TestCase("""{"userId":"u1"}""", TestName = "No_type")]
    [TestCase("""{"type":"group","userId":"u1"}""", TestName = "Another_type")]
    [TestCase("""{"type":"track","event":"Seen","anonymousId":"a"}""", TestName = "Anonymous_user")]
    [TestCase("""{"type":"track","userId":"u1"}""", TestName = "No_event_name")]
    [TestCase(
        """{"type":"track","userId":"u1","event":"Order Completed","properties":{"products":[1]}}""",
        TestName = "Products_that_are_no_objects"
    )]
    [TestCase("""{"type":5,"userId":"u1"}""", TestName = "A_type_of_a_wrong_kind")]
    [TestCase("null", TestName = "Null")]
    [TestCase("\"text\"", TestName = "Text")]
    [TestCase("[]", TestName = "An_array")]
    public void Event_that_no_retry_can_help_gets_400(string message) =>
        Assert.That(ProtocolClient.StatusCode(ProtocolClient.Process(ProtocolClient.Job(1, message)).Single()), Is.EqualTo(400));

    [TestCase(null, TestName = "No_destination")]
    [TestCase("null", TestName = "A_null_destination")]
    [TestCase("""{"ID":"dest-1"}""", TestName = "No_Config")]
    [TestCase("""{"ID":"dest-1","Config":null}""", TestName = "A_null_Config")]
    [TestCase("""{"ID":"dest-1","config":{"accountId":"acc"}}""", TestName = "A_lower_case_config")]
    public void Job_without_a_config_gets_error_500(string? destination)
    {
        JsonElement[] items = ProtocolClient.Process(ProtocolClient.Job(1, destination: destination), ProtocolClient.Job(2));

        Assert.That(items.Select(ProtocolClient.StatusCode), Is.EqualTo(new[] { 500, 200 }));
        Assert.That(items[0].GetProperty("statTags").GetProperty("errorCategory").GetString(), Is.EqualTo("transformation"));
    }

    [TestCase("null")]
    [TestCase("5")]
    [TestCase("\"job\"")]
    [TestCase("[]")]
    public void Element_that_is_not_a_job_gets_its_own_item(string job)
    {
        JsonElement[] items = ProtocolClient.Process(ProtocolClient.Job(1), job, ProtocolClient.Job(2));

        Assert.That(items.Select(ProtocolClient.StatusCode), Is.EqualTo(new[] { 200, 400, 200 }));
    }

    [TestCase("", "https://api.clevertap.com/1/upload")]
    [TestCase("none", "https://api.clevertap.com/1/upload")]
    [TestCase("sg1", "https://sg1.api.clevertap.com/1/upload")]
    [TestCase("IN1", "https://in1.api.clevertap.com/1/upload")]
    public void The_endpoint_follows_the_region(string region, string endpoint) =>
        Assert.That(Endpoint(ProtocolClient.DestinationWith($"\"region\":\"{region}\"")), Is.EqualTo(endpoint));

    [TestCase("false")]
    [TestCase("0")]
    [TestCase("null")]
    public void Region_that_is_falsy_in_JavaScript_is_the_default_region(string region) =>
        Assert.That(Endpoint(ProtocolClient.DestinationWith($"\"region\":{region}")), Is.EqualTo("https://api.clevertap.com/1/upload"));

    [Test]
    public void Without_a_region_the_endpoint_is_the_default_one() =>
        Assert.That(Endpoint(ProtocolClient.DestinationWith("\"region\":null")), Is.EqualTo("https://api.clevertap.com/1/upload"));

    [TestCase("evil.com/")]
    [TestCase("in1.evil")]
    [TestCase("in1@evil.com#")]
    [TestCase(" in1 ")]
    [TestCase("-in1")]
    public void Region_that_leads_to_another_host_is_a_configuration_error(string region)
    {
        JsonElement item = ProtocolClient
            .Process(ProtocolClient.Job(1, destination: ProtocolClient.DestinationWith($"\"region\":\"{region}\"")))
            .Single();

        Assert.That(ProtocolClient.StatusCode(item), Is.EqualTo(400));
        Assert.That(item.GetProperty("statTags").GetProperty("errorType").GetString(), Is.EqualTo("configuration"));
    }

    [TestCase(
        """{"accountId":5,"passcode":1.50}""",
        """{"X-CleverTap-Account-Id":"5","X-CleverTap-Passcode":"1.5","Content-Type":"application/json"}"""
    )]
    [TestCase("""{"accountId":null,"passcode":"p"}""", """{"X-CleverTap-Passcode":"p","Content-Type":"application/json"}""")]
    [TestCase("""{}""", """{"Content-Type":"application/json"}""")]
    [TestCase(
        """{"accountId":"\"\\é😀","passcode":"p"}""",
        """{"X-CleverTap-Account-Id":"\"\\é😀","X-CleverTap-Passcode":"p","Content-Type":"application/json"}"""
    )]
    public void Headers_are_text_whatever_the_settings_are(string config, string headers)
    {
        JsonElement item = ProtocolClient.Process(ProtocolClient.Job(1, destination: $$"""{"Config":{{config}}}""")).Single();

        ProtocolClient.AssertEqual(item.GetProperty("output").GetProperty("headers"), headers);
    }

    [Test]
    public void Compacted_jobs_find_their_destination_by_its_id()
    {
        (int status, JsonElement body) = ProtocolClient.Processor(
            $$$"""{"input":[{{{ProtocolClient.Job(1, destination: null)}}},{"message":{{{ProtocolClient.Track}}},"metadata":{"destinationId":"unknown"}}],"destinations":{"other":{},"dest-1":{{{ProtocolClient.Destination}}}},"connections":{}}"""
        );

        Assert.That(status, Is.EqualTo(200));
        Assert.That(body.EnumerateArray().Select(ProtocolClient.StatusCode), Is.EqualTo(new[] { 200, 500 }));
    }

    [Test]
    public void Compacted_request_may_contain_destinations_before_jobs()
    {
        (_, JsonElement body) = ProtocolClient.Processor(
            $$"""{"destinations":{"dest-1":{{ProtocolClient.Destination}}},"input":[{{ProtocolClient.Job(1, destination: null)}}]}"""
        );

        Assert.That(body.EnumerateArray().Select(ProtocolClient.StatusCode), Is.EqualTo(new[] { 200 }));
    }

    [Test]
    public void No_jobs_give_an_empty_array() => Assert.That(ProtocolClient.Process(), Is.Empty);

    [TestCase("")]
    [TestCase("[")]
    [TestCase("[{}]x")]
    [TestCase("{\"input\":[{]}")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"input":{}}""")]
    public void A_body_without_jobs_is_rejected_as_a_whole(string body)
    {
        (int status, JsonElement response) = ProtocolClient.Processor(body);

        Assert.That(status, Is.EqualTo(400));
        Assert.That(response.GetProperty("error").GetString(), Is.Not.Empty);
    }

    [TestCase("accountId", "a\\r\\nX-Evil: 1")]
    [TestCase("passcode", "open\\u0000sesame")]
    public void Setting_with_characters_of_no_header_is_rejected(string setting, string value)
    {
        JsonElement item = ProtocolClient
            .Process(ProtocolClient.Job(1, destination: $"{{\"Config\":{{\"{setting}\":\"{value}\"}}}}"))
            .Single();

        Assert.That(ProtocolClient.StatusCode(item), Is.EqualTo(400));
        Assert.That(item.GetProperty("statTags").GetProperty("errorType").GetString(), Is.EqualTo("configuration"));
        Assert.That(item.GetRawText(), Does.Not.Contain("sesame"));
    }

    [Test]
    public void Invalid_UTF_8_becomes_the_replacement_character_and_fails_no_other_job()
    {
        byte[] body =
        [
            .. """[{"message":{"type":"track","userId":"u","event":"a"""u8,
            0xFF,
            .. "\"},\"metadata\":{\"jobId\":1,\"a\":\""u8,
            0xC0,
            .. "\"},\"destination\":{\"Config\":{}}},"u8,
            .. """{"message":{"type":"track","userId":"u","event":"b"},"metadata":{"jobId":2},"destination":{"Config":{}}}]"""u8,
        ];
        var response = new ArrayBufferWriter<byte>();

        Assert.That(
            new RudderTransformerProtocol(MappingOptions.RudderTransformer with { TrackAnonymous = true }).Process(body, response),
            Is.EqualTo(200)
        );

        JsonElement items = JsonDocument.Parse(response.WrittenMemory).RootElement;
        Assert.That(
            items
                .EnumerateArray()
                .Select(item =>
                    item.GetProperty("output")
                        .GetProperty("body")
                        .GetProperty("JSON")
                        .GetProperty("d")[0]
                        .GetProperty("evtName")
                        .GetString()
                ),
            Is.EqualTo(new[] { "a\uFFFD", "b" })
        );
        Assert.That(items[0].GetProperty("metadata").GetProperty("a").GetString(), Is.EqualTo("\uFFFD"));
    }

    [Test]
    public void Time_beyond_the_range_of_a_double_is_null()
    {
        JsonElement item = ProtocolClient
            .Process(ProtocolClient.Job(1, """{"type":"track","userId":"u","event":"e","properties":{"ts":1e400}}"""))
            .Single();

        JsonElement record = item.GetProperty("output").GetProperty("body").GetProperty("JSON").GetProperty("d")[0];
        Assert.That(record.GetProperty("ts").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    private static string? Endpoint(string destination) =>
        ProtocolClient
            .Process(ProtocolClient.Job(1, destination: destination))
            .Single()
            .GetProperty("output")
            .GetProperty("endpoint")
            .GetString();
}
