using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace CleverTap.Rudder.BrowserTests.Playground;

public sealed class HostTests
{
    [Test]
    public async Task Start_reports_an_address_that_is_in_use()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        (int exitCode, string error) = await PlaygroundProcess.FailToStartAsync(address);

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(
            error.TrimEnd(),
            Is.EqualTo($"{address} is in use, perhaps by another Playground. Choose another address: --urls http://127.0.0.1:5081")
        );
    }

    [Test]
    public async Task Page_loads_only_from_its_own_host()
    {
        await using PlaygroundProcess playground = await PlaygroundProcess.StartAsync();
        using var client = new HttpClient();

        using HttpResponseMessage page = await client.GetAsync(new Uri(playground.Address));

        Assert.That(page.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'self';"));
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Not.Contain("https://"));
    }

    [TestCase(51, 0, 0)]
    [TestCase(-1, 0, 0)]
    [TestCase(50, 41, 0)]
    public async Task Faults_beyond_the_limits_are_rejected(int tooManyRequests, int serverError, int lostResponse)
    {
        await using PlaygroundProcess playground = await PlaygroundProcess.StartAsync();
        using var client = new HttpClient();

        using HttpResponseMessage response = await client.PutAsJsonAsync(
            $"{playground.Address}/api/faults",
            new
            {
                tooManyRequests,
                serverError,
                lostResponse,
            }
        );

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("playground.evil.example", 403)]
    [TestCase("192.0.2.1", 403)]
    [TestCase("localhost.evil.example", 403)]
    [TestCase("localhost", 200)]
    [TestCase("LOCALHOST:5080", 200)]
    [TestCase("127.0.0.1", 200)]
    [TestCase("[::1]:5080", 200)]
    public async Task Page_is_served_only_under_loopback_names(string host, int status)
    {
        await using PlaygroundProcess playground = await PlaygroundProcess.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, playground.Address) { Headers = { Host = host } };

        using HttpResponseMessage response = await client.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [TestCase("Origin", "https://evil.example", 403)]
    [TestCase("Origin", "http://127.0.0.1:1", 403)]
    [TestCase("Origin", "null", 403)]
    [TestCase("Origin", null, 200)]
    [TestCase("Sec-Fetch-Site", "cross-site", 403)]
    [TestCase("Sec-Fetch-Site", "same-site", 403)]
    [TestCase("Sec-Fetch-Site", "same-origin", 200)]
    [TestCase("Sec-Fetch-Site", "none", 200)]
    [TestCase("X-Tool", "curl", 200)]
    public async Task Requests_of_other_sites_are_rejected(string header, string? value, int status)
    {
        await using PlaygroundProcess playground = await PlaygroundProcess.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{playground.Address}/api/transform");
        request.Content = new StringContent("{}");
        request.Headers.Add(header, value ?? playground.Address);

        using HttpResponseMessage response = await client.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }
}
