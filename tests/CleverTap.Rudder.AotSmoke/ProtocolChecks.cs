using System.Buffers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.AotSmoke;

/// <summary>Checks rudder-transformer's protocol with the registration of a transformer service.</summary>
internal static class ProtocolChecks
{
    private const string Destination = """{"ID":"dest-1","Config":{"accountId":"acc","passcode":"secret","region":"in1"}}""";
    private const string Request = $$"""
        {"destType":"clevertap","input":[{"message":{"type":"track","userId":"user-1","event":"Seen"},"metadata":{"jobId":1},"destination":{{Destination}}}]}
        """;

    private const string Response = $$$$"""
        {"output":[{"batchedRequest":{"version":"1","type":"REST","method":"POST","endpoint":"https://in1.api.clevertap.com/1/upload","headers":{"X-CleverTap-Account-Id":"acc","X-CleverTap-Passcode":"secret","Content-Type":"application/json"},"params":{},"body":{"JSON":{"d":[{"type":"event","identity":"user-1","evtName":"Seen","evtData":{}}]},"JSON_ARRAY":{},"XML":{},"FORM":{}},"files":{},"batched":true},"metadata":[{"jobId":1}],"batched":false,"statusCode":200,"destination":{{{{Destination}}}}}]}
        """;

    public static void Run(Checks checks)
    {
        var services = new ServiceCollection();
        services.AddRudderTransformer(_ => { });
        using ServiceProvider provider = services.BuildServiceProvider();
        var output = new ArrayBufferWriter<byte>();
        int status = provider.GetRequiredService<RudderTransformerProtocol>().Route(Encoding.UTF8.GetBytes(Request), output);
        checks.AreEqual("protocol: status of a router request", "200", $"{status}");
        checks.AreEqual("protocol: response to a router request", Response, Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
