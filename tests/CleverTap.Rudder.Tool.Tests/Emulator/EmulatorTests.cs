using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Tool.Emulator;

/// <summary><c>emulator</c>: CleverTap's API as a process.</summary>
public sealed class EmulatorTests
{
    private const string Upload = """{"d":[{"type":"event","identity":"u","evtName":"e","evtData":{}}]}""";

    [Test]
    public async Task First_line_has_the_endpoint_and_credentials_and_the_last_the_counts()
    {
        using Process process = ToolRun.Launch("emulator", "--json");
        using HttpClient client = await ConnectAsync(process);

        HttpResponseMessage response = await client.PostAsync("1/upload", new StringContent(Upload, null, "application/json"));
        string profile = await client.GetStringAsync("1/profile.json?identity=u");
        string counts = await TerminateAsync(process);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(profile, Does.Contain("\"success\""));
        Assert.That(counts, Is.EqualTo("""{"profiles":1,"events":1,"rejected":0,"requests":2}""" + "\n"));
        Assert.That(process.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Faults_fail_requests()
    {
        using Process process = ToolRun.Launch("emulator", "--json", "--fault", "429=1", "--latency", "1ms", "--seed", "7");
        using HttpClient client = await ConnectAsync(process);

        HttpResponseMessage response = await client.PostAsync("1/upload", new StringContent(Upload, null, "application/json"));
        await TerminateAsync(process);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    private static async Task<HttpClient> ConnectAsync(Process process)
    {
        JsonElement ready = JsonSerializer.Deserialize<JsonElement>((await process.StandardOutput.ReadLineAsync())!);
        var client = new HttpClient { BaseAddress = new Uri(ready.GetProperty("endpoint").GetString()!) };
        client.DefaultRequestHeaders.Add("X-CleverTap-Account-Id", ready.GetProperty("accountId").GetString());
        client.DefaultRequestHeaders.Add("X-CleverTap-Passcode", ready.GetProperty("passcode").GetString());
        return client;
    }

    private static async Task<string> TerminateAsync(Process process)
    {
        await ToolRun.SignalAsync(process, "TERM");
        string rest = await process.StandardOutput.ReadToEndAsync();
        await ToolRun.WaitForExitAsync(process);
        return rest;
    }
}
