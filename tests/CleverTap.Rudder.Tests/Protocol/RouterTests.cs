using System.Text.Json;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary><c>POST /routerTransform</c>: items, groups, errors.</summary>
public sealed class RouterTests
{
    [Test]
    public void Events_become_one_batch_with_batched_set_on_its_request_only()
    {
        JsonElement item = ProtocolClient.Route(ProtocolClient.Job(1), ProtocolClient.Job(2)).Single();

        ProtocolClient.AssertEqual(
            item,
            $$$"""
            {"batchedRequest":{"version":"1","type":"REST","method":"POST","endpoint":"https://in1.api.clevertap.com/1/upload",
              "headers":{"X-CleverTap-Account-Id":"acc","X-CleverTap-Passcode":"open-sesame","Content-Type":"application/json"},"params":{},
              "body":{"JSON":{"d":[{"evtName":"Seen","evtData":{},"type":"event","identity":"u1"},{"evtName":"Seen","evtData":{},"type":"event","identity":"u1"}]},"JSON_ARRAY":{},"XML":{},"FORM":{}},
              "files":{},"batched":true},
             "metadata":[{{{ProtocolClient.Metadata(1)}}},{{{ProtocolClient.Metadata(
                2
            )}}}],"batched":false,"statusCode":200,"destination":{{{ProtocolClient.Destination}}}}
            """
        );
    }

    [Test]
    public void Metadata_and_destination_are_echoed_unchanged()
    {
        const string odd = """{ "jobId":1, "big":12345678901234567890123, "e":1.50e+1, "u":"\u0041\/", "a":1, "a":2 }""";
        JsonElement item = ProtocolClient
            .Route($$"""{"message":{{ProtocolClient.Track}},"metadata":{{odd}},"destination":{{ProtocolClient.Destination}}}""")
            .Single();

        Assert.That(item.GetProperty("metadata")[0].GetRawText(), Is.EqualTo(odd));
        Assert.That(item.GetProperty("destination").GetRawText(), Is.EqualTo(ProtocolClient.Destination));
    }

    [Test]
    public void An_invalid_event_gets_an_error_item_with_tags_and_destination()
    {
        JsonElement item = ProtocolClient.Route(ProtocolClient.Job(1, ProtocolClient.Nonsense)).Single();

        ProtocolClient.AssertEqual(
            item.GetProperty("statTags"),
            """
            {"errorCategory":"dataValidation","errorType":"instrumentation","destType":"CLEVERTAP","module":"destination","implementation":"native","feature":"router","destinationId":"dest-1","workspaceId":"ws"}
            """
        );
        ProtocolClient.AssertEqual(item.GetProperty("destination"), ProtocolClient.Destination);
        Assert.That(item.GetProperty("batched").GetBoolean(), Is.False);
        Assert.That((ProtocolClient.StatusCode(item), ProtocolClient.Ids(item).Single()), Is.EqualTo((400, 1)));
    }

    [Test]
    public void Errors_come_after_the_batches_in_the_order_of_the_jobs()
    {
        JsonElement[] items = ProtocolClient.Route(
            ProtocolClient.Job(1, ProtocolClient.Nonsense),
            ProtocolClient.Job(2),
            ProtocolClient.Job(3, ProtocolClient.Nonsense),
            ProtocolClient.Job(4)
        );

        Assert.That(items.Select(ProtocolClient.Ids), Is.EqualTo(new[] { new[] { 2, 4 }, [1], [3] }));
    }

    [Test]
    public void Each_destination_has_its_own_batches_in_the_order_of_first_appearance()
    {
        string other = ProtocolClient.DestinationWith("\"region\":\"sg1\"", id: "dest-2");
        JsonElement[] items = ProtocolClient.Route(
            ProtocolClient.Job(1, destination: other),
            ProtocolClient.Job(2),
            ProtocolClient.Job(3, ProtocolClient.Nonsense, other),
            ProtocolClient.Job(4, destination: other)
        );

        Assert.That(items.Select(ProtocolClient.Ids), Is.EqualTo(new[] { new[] { 1, 4 }, [3], [2] }));
        Assert.That(
            items
                .Where(item => ProtocolClient.StatusCode(item) == 200)
                .Select(item => item.GetProperty("batchedRequest").GetProperty("endpoint").GetString()),
            Is.EqualTo(new[] { "https://sg1.api.clevertap.com/1/upload", "https://in1.api.clevertap.com/1/upload" })
        );
    }

    [TestCase(
        """{"ID":"d","Config":{"accountId":"a","passcode":"p"}}""",
        """{"ID":"d","Config":{"accountId":"b","passcode":"p"}}""",
        2,
        TestName = "Another_account"
    )]
    [TestCase(
        """{"ID":"d","Config":{"accountId":"a","x":1}}""",
        """{"ID":"d","Config":{"accountId":"a","x":2}}""",
        2,
        TestName = "Another_setting"
    )]
    [TestCase("""{"ID":"d","Config":{"accountId":"a"}}""", """{"ID":"e","Config":{"accountId":"a"}}""", 2, TestName = "Another_id")]
    [TestCase(
        """{"ID":"d","Config":{"accountId":"a","x":[1,{}]}}""",
        """{"ID":"d","Config":{ "x":[1.0,{}], "accountId":"\u0061"}}""",
        1,
        TestName = "Spelt_otherwise"
    )]
    [TestCase(
        """{"ID":"d","Name":"x","Config":{"accountId":"a"}}""",
        """{"ID":"d","Name":"y","Config":{"accountId":"a"}}""",
        1,
        TestName = "Another_name"
    )]
    public void Jobs_share_a_batch_when_id_and_settings_are_equal(string one, string other, int batches) =>
        Assert.That(
            ProtocolClient.Route(ProtocolClient.Job(1, destination: one), ProtocolClient.Job(2, destination: other)),
            Has.Length.EqualTo(batches)
        );

    [TestCase("1e99999999999", "2e99999999999", TestName = "Numbers_beyond_measure")]
    [TestCase("\"\\ud800\"", "\"\\udc00\"", TestName = "Lone_surrogates")]
    public void Settings_that_are_hard_to_compare_fail_no_job(string one, string other)
    {
        JsonElement[] items = ProtocolClient.Route(
            ProtocolClient.Job(1, destination: ProtocolClient.DestinationWith($"\"x\":{one}")),
            ProtocolClient.Job(2, destination: ProtocolClient.DestinationWith($"\"x\":{other}"))
        );

        Assert.That(items.SelectMany(ProtocolClient.Ids), Is.EquivalentTo(new[] { 1, 2 }));
        Assert.That(items.Select(ProtocolClient.StatusCode), Is.All.EqualTo(200));
    }

    [Test]
    public void Very_deeply_nested_settings_fail_no_job()
    {
        string deep = new string('[', 20_000) + "{0}" + new string(']', 20_000);
        string body = ProtocolClient.RouterBody(
            ProtocolClient.Job(
                1,
                destination: ProtocolClient.DestinationWith($"\"x\":{deep.Replace("{0}", "1", StringComparison.Ordinal)}")
            ),
            ProtocolClient.Job(
                2,
                destination: ProtocolClient.DestinationWith($"\"x\":{deep.Replace("{0}", "2", StringComparison.Ordinal)}")
            )
        );

        Assert.That(ProtocolClient.Router(body).Status, Is.EqualTo(200));
    }

    [Test]
    public void A_name_with_a_lone_surrogate_fails_no_job()
    {
        (int status, JsonElement body) = ProtocolClient.Router(
            $$"""{"\ud800":1,"d\u0065stType":"clevertap","input":[{"\udc00":1,"m\u0065ssage":{{ProtocolClient.Track}},"metadata":{},"destination":{{ProtocolClient.Destination}} }]}"""
        );

        Assert.That((status, ProtocolClient.StatusCode(body.GetProperty("output")[0])), Is.EqualTo((200, 200)));
    }

    [Test]
    public void Valid_jobs_beside_invalid_jobs_are_transformed()
    {
        JsonElement[] items = ProtocolClient.Route(
            "null",
            ProtocolClient.Job(1),
            ProtocolClient.Job(2, "null"),
            ProtocolClient.Job(3, destination: null),
            "[]",
            ProtocolClient.Job(4, destination: ProtocolClient.DestinationWith("\"region\":\"?\"")),
            ProtocolClient.Job(5)
        );

        Assert.That(ProtocolClient.Ids(items.Single(item => ProtocolClient.StatusCode(item) == 200)), Is.EqualTo(new[] { 1, 5 }));
        Assert.That(items.Select(ProtocolClient.StatusCode).Order(), Is.EqualTo(new[] { 200, 400, 400, 400, 400, 500 }));
        Assert.That(items.Select(item => item.GetProperty("metadata").GetArrayLength()), Is.All.GreaterThan(0));
    }

    [Test]
    public void Compacted_jobs_find_their_destination_by_its_id()
    {
        (int status, JsonElement body) = ProtocolClient.Router(
            $$$"""{"input":[{{{ProtocolClient.Job(1, destination: null)}}}],"destinations":{"dest-1":{{{ProtocolClient.Destination}}}},"connections":{"s:d":{}},"destType":"CleverTap"}"""
        );

        Assert.That(status, Is.EqualTo(200));
        ProtocolClient.AssertEqual(body.GetProperty("output")[0].GetProperty("destination"), ProtocolClient.Destination);
    }

    [TestCase("""{"destType":"clevertap","input":[]}""")]
    [TestCase("""{"destType":"clevertap","input":{}}""")]
    [TestCase("""{"destType":"clevertap","input":null}""")]
    [TestCase("""{"destType":" CLEVERTAP "}""")]
    public void A_request_without_jobs_is_an_invalid_event_array(string body)
    {
        (int status, JsonElement response) = ProtocolClient.Router(body);

        Assert.That(status, Is.EqualTo(200));
        ProtocolClient.AssertEqual(
            response,
            """{"output":[{"metadata":[{"destType":"clevertap"}],"batched":false,"statusCode":400,"error":"Invalid event array"}]}"""
        );
    }

    [TestCase("""{"destType":"braze","input":[]}""", "Unknown destination: braze")]
    [TestCase("""{"destType":"clevertap2","input":[]}""", "Unknown destination: clevertap2")]
    public void Another_destination_is_unknown(string body, string error)
    {
        (int status, JsonElement response) = ProtocolClient.Router(body);

        Assert.That((status, response.GetProperty("error").GetString()), Is.EqualTo((404, error)));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{\"destType\":\"clevertap\",\"input\":[}")]
    public void A_body_that_is_no_JSON_object_is_rejected(string body) => Assert.That(ProtocolClient.Router(body).Status, Is.EqualTo(400));

    [Test]
    public void Features_contain_what_rudder_server_requires()
    {
        JsonElement features = ProtocolClient.Parse(RudderTransformerProtocol.Features.Span);

        Assert.That(features.GetProperty("routerTransform").GetProperty("CLEVERTAP").GetBoolean());
        Assert.That(features.GetProperty("regulations")[0].GetString(), Is.EqualTo("CLEVERTAP"));
        Assert.That(features.GetProperty("upgradedToSourceTransformV2").GetBoolean());
        Assert.That(features.GetProperty("supportTransformerProxyV1").GetBoolean());
    }
}
