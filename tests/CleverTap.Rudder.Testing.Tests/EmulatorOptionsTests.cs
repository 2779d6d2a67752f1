using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Testing;

[TestFixture]
public sealed class EmulatorOptionsTests
{
    [Test]
    public void The_defaults_are_those_that_the_documentation_names()
    {
        var options = new CleverTapEmulatorOptions();
        Assert.That(options.Port, Is.Zero);
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
        Assert.That(() => new CleverTapEmulatorOptions { Port = 65536 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
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
