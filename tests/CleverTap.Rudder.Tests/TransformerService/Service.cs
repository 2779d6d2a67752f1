using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>One service for all fixtures, between an emulator of CleverTap and a model of rudder-server.</summary>
[SetUpFixture]
internal sealed class Service
{
    private static ServiceProcess? process;
    private static CleverTapEmulator? cleverTap;
    private static RudderServer? rudder;

    public static CleverTapEmulator CleverTap => cleverTap ?? throw new InvalidOperationException("Not started");

    public static RudderServer Rudder => rudder ?? throw new InvalidOperationException("Not started");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        cleverTap = await CleverTapEmulator.StartAsync();
        process = await ServiceProcess.StartAsync(cleverTap.Endpoint);
        rudder = new RudderServer(process.Address);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        rudder?.Dispose();
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        if (cleverTap is not null)
        {
            await cleverTap.DisposeAsync();
        }
    }
}
