using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace CleverTap.Rudder.BrowserTests.Playground;

public sealed class HostTests
{
    [Test]
    public async Task It_says_so_where_its_address_is_in_use()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        (int exitCode, string error) = await PlaygroundProcess.FailToStartAsync(address);

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error.TrimEnd(), Is.EqualTo($"{address} is in use, perhaps by another Playground. Choose another one: --urls http://127.0.0.1:5081"));
    }

    [Test]
    public async Task The_page_may_load_from_its_own_host_only()
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
    public async Task Faults_that_let_nothing_through_are_refused(int tooManyRequests, int serverError, int answerLost)
    {
        await using PlaygroundProcess playground = await PlaygroundProcess.StartAsync();
        using var client = new HttpClient();

        using HttpResponseMessage answer = await client.PutAsJsonAsync($"{playground.Address}/api/faults", new { tooManyRequests, serverError, answerLost });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }
}
