using System.Text.Json;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>Tests of the model of rudder-server, which must be as strict as rudder-server.</summary>
public sealed class ReaderTests
{
    private const string Request = """{"type":"REST","endpoint":"e","method":"POST","headers":{},"params":{},"body":{},"files":{}}""";
    private const string Metadata = """{"jobId":1}""";
    private static readonly Job[] Jobs = [new(1, null, null) { Metadata = Metadata }];

    [TestCase($$"""{"batchedRequest":{{Request}},"metadata":[{{Metadata}}],"batched":false,"statusCode":200,"destination":{} }""", true)]
    [TestCase($$"""{"batchedRequest":{{Request}},"metadata":[{{Metadata}}],"batched":"false","statusCode":200}""", false)]
    [TestCase($$"""{"batchedRequest":{{Request}},"metadata":[{{Metadata}}],"batched":false,"statusCode":"200"}""", false)]
    [TestCase($$"""{"batchedRequest":{{Request}},"metadata":[{{Metadata}}],"batched":false,"statusCode":200.0}""", false)]
    [TestCase($$"""{"batchedRequest":{{Request}},"metadata":[{{Metadata}}],"batched":false,"statusCode":200,"destination":"d"}""", false)]
    [TestCase($$"""{"batchedRequest":{{Request}},"metadata":{{Metadata}},"batched":false,"statusCode":200}""", false)]
    [TestCase($$"""{"batchedRequest":{{Request}},"metadata":[],"batched":false,"statusCode":200}""", false)]
    [TestCase($$"""{"batchedRequest":{{Request}},"metadata":[{{Metadata}},{{Metadata}}],"batched":false,"statusCode":200}""", false)]
    [TestCase($$"""{"batchedRequest":{{Request}},"metadata":[{"jobId":2}],"batched":false,"statusCode":200}""", false)]
    [TestCase($$"""{"batchedRequest":{{Request}},"metadata":[{"jobId":1,"more":1}],"batched":false,"statusCode":200}""", false)]
    [TestCase($$"""{"metadata":[{{Metadata}}],"batched":false,"statusCode":400,"error":"e","statTags":{"a":"b"} }""", true)]
    [TestCase($$"""{"metadata":[{{Metadata}}],"batched":false,"statusCode":400,"error":"e","statTags":{"a":1} }""", false)]
    [TestCase($$"""{"metadata":[{{Metadata}}],"batched":false,"statusCode":400,"error":{},"statTags":{} }""", false)]
    [TestCase("", false)]
    public void Model_of_rudder_server_accepts_only_what_rudder_server_accepts(string item, bool isTaken)
    {
        JsonElement response = JsonSerializer.Deserialize<JsonElement>($$"""{"output":[{{item}}]}""");

        Assert.That(() => RouterItem.ReadAll(response, Jobs), isTaken ? Throws.Nothing : Throws.InstanceOf<ContractException>());
    }
}
