using System.Net;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Testing;

[TestFixture]
public sealed class EmulatorOptionsTests
{
    [Test]
    public void The_defaults_are_those_that_the_documentation_names()
    {
        var options = new CleverTapEmulatorOptions();
        Assert.That((options.ListenAddress, options.Port), Is.EqualTo((IPAddress.Loopback, 0)));
        Assert.That(options.NestedObjects, Is.False);
        Assert.That(
            (options.MaxStoredEvents, options.MaxStoredProfiles, options.MaxStoredRequests, options.MaxStoredRejected),
            Is.EqualTo((100_000, 100_000, 10_000, 10_000))
        );
        Assert.That(options.TimeProvider, Is.SameAs(TimeProvider.System));
    }

    [Test]
    public void ToString_does_not_contain_the_passcode() =>
        Assert.That(new CleverTapEmulatorOptions { Passcode = "hidden" }.ToString(), Does.Not.Contain("hidden"));

    [Test]
    public void Invalid_values_throw()
    {
        Assert.That(() => new CleverTapEmulatorOptions { AccountId = " " }, Throws.ArgumentException);
        Assert.That(() => new CleverTapEmulatorOptions { Passcode = "" }, Throws.ArgumentException);
        Assert.That(
            () => new CleverTapEmulatorOptions { Port = 65536 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("65535")
        );
        Assert.That(() => new CleverTapEmulatorOptions { ListenAddress = null! }, Throws.ArgumentNullException);
        Assert.That(() => new CleverTapEmulatorOptions { MaxStoredEvents = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new CleverTapEmulatorOptions { TimeProvider = null! }, Throws.ArgumentNullException);
    }

    [Test]
    public async Task The_account_is_the_one_of_the_options()
    {
        await using EmulatorSession session = await EmulatorSession.StartAsync(
            new CleverTapEmulatorOptions { AccountId = "A", Passcode = "P" }
        );
        using HttpResponseMessage good = await session.SendAsync("v1/connect?partner=x", body: null, "GET", accountId: "A", passcode: "P");
        Assert.That(await good.Content.ReadAsStringAsync(), Is.EqualTo("""{"status":"success"}"""));
    }

    [TestCase("0.0.0.0", @"^http://127\.0\.0\.1:\d+/$", "http://127.0.0.2")]
    [TestCase("127.0.0.2", @"^http://127\.0\.0\.2:\d+/$", "http://127.0.0.2")]
    [TestCase("::", @"^http://\[::1\]:\d+/$", "http://127.0.0.1")]
    [Platform("Linux", Reason = "Other systems have no address 127.0.0.2 by default.")]
    public async Task The_emulator_listens_on_the_address_of_the_options(string address, string endpoint, string reachable)
    {
        await using EmulatorSession session = await EmulatorSession.StartAsync(
            new CleverTapEmulatorOptions { ListenAddress = IPAddress.Parse(address) }
        );
        Assert.That(session.Emulator.Endpoint.ToString(), Does.Match(endpoint));

        using HttpResponseMessage response = await session.SendAsync(
            $"{reachable}:{session.Emulator.Endpoint.Port}/v1/connect?partner=x",
            body: null,
            "GET"
        );
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public void An_address_of_another_machine_is_an_IOException()
    {
        // 192.0.2.0/24 is reserved for documentation (RFC 5737).
        var options = new CleverTapEmulatorOptions { ListenAddress = IPAddress.Parse("192.0.2.1") };
        Assert.That(() => CleverTapEmulator.StartAsync(options), Throws.InstanceOf<IOException>().With.Message.Contains("192.0.2.1"));
    }

    [Test]
    public async Task The_default_address_is_not_reachable_from_elsewhere()
    {
        await using CleverTapEmulator emulator = await CleverTapEmulator.StartAsync();
        using var http = new HttpClient();
        Assert.That(
            () => http.GetAsync(new Uri($"http://127.0.0.2:{emulator.Endpoint.Port}/v1/connect")),
            Throws.InstanceOf<HttpRequestException>()
        );
    }

    [Test]
    public async Task Several_emulators_run_side_by_side_on_their_own_ports()
    {
        await using CleverTapEmulator first = await CleverTapEmulator.StartAsync();
        await using CleverTapEmulator second = await CleverTapEmulator.StartAsync();
        Assert.That(first.Endpoint.ToString(), Does.Match(@"^http://127\.0\.0\.1:\d+/$"));
        Assert.That(second.Endpoint, Is.Not.EqualTo(first.Endpoint));
    }

    [Test]
    public async Task A_port_that_is_taken_is_an_IOException_and_free_again_after_disposal()
    {
        CleverTapEmulator first = await CleverTapEmulator.StartAsync();
        var samePort = new CleverTapEmulatorOptions { Port = first.Endpoint.Port };
        Assert.That(() => CleverTapEmulator.StartAsync(samePort), Throws.InstanceOf<IOException>());

        await first.DisposeAsync();
        await first.DisposeAsync();
        await using CleverTapEmulator second = await CleverTapEmulator.StartAsync(samePort);
        Assert.That(second.Endpoint, Is.EqualTo(first.Endpoint));
    }
}
