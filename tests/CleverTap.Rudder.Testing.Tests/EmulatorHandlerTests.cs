using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Testing;

[TestFixture]
public sealed class EmulatorHandlerTests
{
    [Test]
    public async Task Endpoint_of_an_emulator_without_a_port_throws()
    {
        await using CleverTapEmulator emulator = CleverTapEmulator.Create();
        Assert.That(() => emulator.Endpoint, Throws.InvalidOperationException.With.Message.Contains("CreateHandler"));
    }

    [Test]
    public async Task Handler_responds_to_any_address()
    {
        await using EmulatorSession session = EmulatorSession.WithoutSockets();
        foreach (string address in new[] { "https://api.clevertap.com/", "https://in1.api.clevertap.com/", "http://localhost:1/" })
        {
            using HttpResponseMessage response = await session.SendAsync(address + "v1/connect?partner=x", body: null, "GET");
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"status":"success"}"""));
            Assert.That(response.RequestMessage!.RequestUri!.ToString(), Does.StartWith(address));
        }
    }

    [Test]
    public async Task Emulator_with_a_port_and_its_handler_share_one_store()
    {
        await using EmulatorSession session = await EmulatorSession.StartAsync();
        using var client = new HttpClient(session.Emulator.CreateHandler());
        using HttpResponseMessage _ = await client.GetAsync(new Uri("https://api.clevertap.com/elsewhere"));
        using HttpResponseMessage __ = await session.SendAsync("v1/connect?partner=x", body: null, "GET");
        Assert.That(session.Emulator.Requests.Select(request => request.Path), Is.EqualTo(new[] { "/elsewhere", "/v1/connect" }));
    }

    [Test]
    public async Task A_disposed_handler_leaves_the_emulator_alone()
    {
        await using EmulatorSession session = EmulatorSession.WithoutSockets();
        session.Emulator.CreateHandler().Dispose();
        Assert.That(await session.UploadAsync("""{"type":"event","identity":"u","evtName":"A","evtData":{}}"""), Is.Not.Default);
    }

    [Test]
    public async Task Cancelled_request_gets_no_response()
    {
        await using EmulatorSession session = EmulatorSession.WithoutSockets();
        Assert.That(
            () => session.SendAsync("1/upload", """{"d":[]}""", cancellationToken: new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(session.Emulator.RequestCount, Is.Zero);
    }
}
