using System.Text.Json;
using CleverTap.Rudder.Tests.Delivery;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary>The addresses to which the proxy sends, and those that it rejects.</summary>
public sealed class ProxyAddressTests
{
    private const string Event = """{"evtName":"Seen","evtData":{},"type":"event","identity":"u1"}""";

    [TestCase("https://api.clevertap.com/1/upload")]
    [TestCase("https://in1.api.clevertap.com/1/upload")]
    [TestCase("https://mec1.api.clevertap.com/1/upload?dryRun=1")]
    [TestCase("https://api.clevertap.com:443/1/upload")]
    public async Task CleverTap_s_own_hosts_are_reached(string endpoint)
    {
        using ProxyRun run = Run();

        await run.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(1), endpoint));

        Assert.That(run.Sent.Single().Address, Is.EqualTo(new Uri(endpoint)));
    }

    [TestCase("http://api.clevertap.com/1/upload")]
    [TestCase("https://example.com/1/upload")]
    [TestCase("https://evilapi.clevertap.com/1/upload")]
    [TestCase("https://api.clevertap.com.evil.com/1/upload")]
    [TestCase("https://clevertap.com/1/upload")]
    [TestCase("https://api.clevertap.com@evil.com/1/upload")]
    [TestCase("https://user:pass@api.clevertap.com/1/upload")]
    [TestCase("https://api.clevertap.com:8443/1/upload")]
    [TestCase("https://api.clevertap.com:80/1/upload")]
    [TestCase("https://evil.com/?https://api.clevertap.com/1/upload")]
    [TestCase("https://evil.com#.api.clevertap.com")]
    [TestCase("https://evil.com\\.api.clevertap.com/1/upload")]
    [TestCase("https://a.b.api.clevertap.com/1/upload")]
    [TestCase("https://-.api.clevertap.com/1/upload")]
    [TestCase("https://in_1.api.clevertap.com/1/upload")]
    [TestCase("https://api.clevertap.com./1/upload")]
    [TestCase("https://10.0.0.1/1/upload")]
    [TestCase("https://169.254.169.254/latest/meta-data")]
    [TestCase("https://[::1]/1/upload")]
    [TestCase("https://localhost/1/upload")]
    [TestCase("file:///etc/passwd")]
    [TestCase("ftp://api.clevertap.com/1/upload")]
    [TestCase("//api.clevertap.com/1/upload")]
    [TestCase("1/upload")]
    [TestCase("")]
    public async Task Other_addresses_are_rejected(string endpoint)
    {
        using ProxyRun run = Run();

        (_, JsonElement jobByJob) = await run.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(2), endpoint));
        (int status, _) = await run.DeliverAsync(0, ProxyRun.Body(Event, ProtocolClient.Metadata(1), endpoint));

        Assert.That(run.Sent, Is.Empty);
        Assert.That(status, Is.EqualTo(400));
        Assert.That(jobByJob.GetProperty("response").EnumerateArray().Select(ProtocolClient.StatusCode), Is.EqualTo(new[] { 400, 400 }));
        Assert.That(run.Text, Does.Not.Contain(ProtocolClient.Passcode));
    }

    [TestCase("https://api.clevertap.com/http://evil.com/1/upload")]
    [TestCase("https://api.clevertap.com/https://evil.com/1/upload")]
    [TestCase("https://api.clevertap.com//evil.com/1/upload")]
    [TestCase("https://api.clevertap.com/\\\\evil.com/1/upload")]
    [TestCase("https://api.clevertap.com/.//evil.com/1/upload")]
    [TestCase("https://api.clevertap.com//https:evil.com")]
    [TestCase("https://api.clevertap.com/@evil.com/1/upload")]
    [TestCase("https://api.clevertap.com/file:///etc/passwd")]
    public async Task Path_cannot_lead_to_another_host(string endpoint)
    {
        using ProxyRun run = Run();
        using ProxyRun based = Run("https://gateway.example/clevertap");

        await run.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(1), endpoint));
        await based.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(1), endpoint));

        Assert.That(run.Sent.Select(sent => sent.Address.GetLeftPart(UriPartial.Authority)), Is.All.EqualTo("https://api.clevertap.com"));
        Assert.That(based.Sent.Select(sent => sent.Address.AbsoluteUri), Is.All.StartsWith("https://gateway.example/clevertap/"));
    }

    [TestCase("https://gateway.example", "https://gateway.example/1/upload?dryRun=1")]
    [TestCase("https://gateway.example/clevertap", "https://gateway.example/clevertap/1/upload?dryRun=1")]
    [TestCase("https://gateway.example/clevertap/", "https://gateway.example/clevertap/1/upload?dryRun=1")]
    [TestCase("http://127.0.0.1:5000/", "http://127.0.0.1:5000/1/upload?dryRun=1")]
    public async Task Configured_endpoint_replaces_CleverTap_s_hosts(string address, string expected)
    {
        using ProxyRun run = Run(address);

        await run.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(1), "https://in1.api.clevertap.com/1/upload?dryRun=1"));

        Assert.That(run.Sent.Single().Address.AbsoluteUri, Is.EqualTo(expected));
    }

    [TestCase("https://gateway.example", "https://gateway.example/1/upload")]
    [TestCase("https://gateway.example/clevertap", "https://gateway.example/clevertap/1/upload")]
    [TestCase("https://gateway.example/clevertap/", "https://gateway.example/clevertap/1/upload")]
    [TestCase("http://127.0.0.1:5000", "http://127.0.0.1:5000/1/upload")]
    public async Task Request_may_contain_the_configured_endpoint_itself(string address, string endpoint)
    {
        using ProxyRun run = Run(address);

        await run.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(1), endpoint));

        Assert.That(run.Sent.Single().Address.AbsoluteUri, Is.EqualTo(endpoint));
    }

    [TestCase("https://example.com/1/upload")]
    [TestCase("https://gateway.example.evil.com/clevertap/1/upload")]
    [TestCase("https://gateway.example:8443/clevertap/1/upload")]
    [TestCase("http://gateway.example/clevertap/1/upload")]
    [TestCase("https://gateway.example/other/1/upload")]
    [TestCase("https://gateway.example/clevertap/../other/1/upload")]
    [TestCase("https://gateway.example/clevertap-other/1/upload")]
    public async Task Configured_endpoint_does_not_allow_other_addresses(string endpoint)
    {
        using ProxyRun run = Run("https://gateway.example/clevertap");

        await run.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(1), endpoint));

        Assert.That(run.Sent, Is.Empty);
    }

    [TestCase("\"acc\\r\\nX-Evil: 1\"", "\"p\"")]
    [TestCase("\"acc\"", "\"open-sesame\\n\"")]
    [TestCase("\"acc\"", "\"open-sesame\u00e9\"")]
    public async Task Credentials_with_characters_of_no_header_are_not_sent(string accountId, string passcode)
    {
        using ProxyRun run = Run();

        (int status, _) = await run.DeliverAsync(
            0,
            ProxyRun.Body(Event, ProtocolClient.Metadata(1), accountId: accountId, passcode: passcode)
        );

        Assert.That((status, run.Sent.Count), Is.EqualTo((400, 0)));
        Assert.That(run.Text, Does.Not.Contain(ProtocolClient.Passcode));
    }

    [TestCase("null", "null")]
    [TestCase("\"\"", "\"\"")]
    [TestCase("5", "6")]
    public async Task All_other_credentials_are_sent_to_CleverTap(string accountId, string passcode)
    {
        using ProxyRun run = Run();

        await run.DeliverAsync(1, ProxyRun.Body(Event, ProxyRun.Jobs(1), accountId: accountId, passcode: passcode));

        Assert.That(run.Sent, Has.Count.EqualTo(1));
    }

    private static ProxyRun Run(string? address = null) =>
        new(
            new ScriptedServer(_ => ScriptedServer.Success(1)),
            new RudderTransformerOptions { Endpoint = address is null ? null : new Uri(address) }
        );
}
