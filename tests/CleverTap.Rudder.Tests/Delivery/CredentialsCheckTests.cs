using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>The check of the credentials when a host starts.</summary>
public sealed class CredentialsCheckTests
{
    private const string WrongPasscode = "s3cr3t-and-wrong";

    private FakeLogCollector logs = null!;
    private CleverTapEmulator cleverTap = null!;

    [SetUp]
    public async Task StartEmulator()
    {
        logs = new FakeLogCollector();
        cleverTap = await CleverTapEmulator.StartAsync();
    }

    [TearDown]
    public async Task StopEmulator() => await cleverTap.DisposeAsync();

    [TestCase(CredentialsCheckMode.Warn)]
    [TestCase(CredentialsCheckMode.Fail)]
    public async Task Host_starts_and_logs_it_when_CleverTap_accepts_the_credentials(CredentialsCheckMode mode)
    {
        using IHost host = Build(mode, options => options.DryRun = true);
        await host.StartAsync();
        await UntilLoggedAsync(7);
        await host.StopAsync();

        Assert.That(cleverTap.Requests.Select(request => (request.Path, request.StatusCode)), Is.EqualTo(new[] { ("/v1/connect", 200) }));
    }

    [Test]
    public async Task Fail_ends_the_start_with_the_destination_and_region_when_the_credentials_are_refused()
    {
        using IHost host = Build(CredentialsCheckMode.Fail, options => options.Passcode = WrongPasscode);

        OptionsValidationException error = Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())!;

        Assert.That(error.Message, Does.Contain("'shop'").And.Contain("region in1"));
        Assert.That(error.ToString(), Does.Not.Contain(WrongPasscode));
        await Task.CompletedTask;
    }

    [Test]
    public async Task Warn_starts_the_host_and_fails_the_health_check_when_the_credentials_are_refused()
    {
        using IHost host = Build(CredentialsCheckMode.Warn, options => options.Passcode = WrongPasscode);
        await host.StartAsync();
        await UntilLoggedAsync(3);
        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        await host.StopAsync();

        Assert.That(report.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(logs.GetSnapshot().Single(log => log.Id.Id == 3).Level, Is.EqualTo(LogLevel.Error));
        Assert.That(logs.GetSnapshot().Select(log => log.Message), Has.None.Contains(WrongPasscode));
    }

    [TestCase(CredentialsCheckMode.Warn)]
    [TestCase(CredentialsCheckMode.Fail)]
    public async Task Host_starts_and_checks_again_when_CleverTap_is_down(CredentialsCheckMode mode)
    {
        var clock = new TestClock();
        cleverTap.Faults = new CleverTapFaults { ServerError = 1 };
        using IHost host = Build(mode, clock: clock);
        await host.StartAsync();
        await UntilLoggedAsync(8);
        cleverTap.Faults = new CleverTapFaults();
        await clock.WaitForTimer(CredentialsCheck.Interval);
        clock.Advance(CredentialsCheck.Interval);
        await UntilLoggedAsync(7);
        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        await host.StopAsync();

        Assert.That(report.Status, Is.EqualTo(HealthStatus.Healthy));
    }

    [Test]
    public async Task Warn_logs_no_HTTP_status_when_there_is_no_connection()
    {
        using IHost host = Build(CredentialsCheckMode.Warn, options => options.Endpoint = new Uri("http://127.0.0.1:1"));
        await host.StartAsync();
        await UntilLoggedAsync(8);
        await host.StopAsync();

        Assert.That(
            logs.GetSnapshot().Single(log => log.Id.Id == 8).Message,
            Is.EqualTo(
                "CleverTap destination 'shop': the account id and passcode could not be checked (NotConnected); "
                    + "the next attempt follows in 00:01:00"
            )
        );
    }

    [Test]
    public async Task Warn_does_not_wait_for_a_response()
    {
        var response = new TaskCompletionSource<HttpResponseMessage>();
        using var server = new ScriptedServer(response.Task.WaitAsync);
        using IHost host = Build(CredentialsCheckMode.Warn, handler: server);

        await host.StartAsync();
        await server.Asked(1);
        await host.StopAsync();

        Assert.That(response.Task.IsCompleted, Is.False);
    }

    [Test]
    public async Task Off_sends_no_request()
    {
        using IHost host = Build(CredentialsCheckMode.Off, options => options.Passcode = WrongPasscode);
        await host.StartAsync();
        await host.StopAsync();

        Assert.That(cleverTap.Requests, Is.Empty);
    }

    [Test]
    public async Task Fail_names_every_destination_whose_credentials_are_refused()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        foreach (string name in new[] { "one", "two", "three" })
        {
            builder.Services.AddCleverTapDestination(
                name,
                options =>
                    Configure(options, CredentialsCheckMode.Fail, other => other.Passcode = name == "two" ? other.Passcode : WrongPasscode)
            );
        }

        using IHost host = builder.Build();

        Assert.That(
            async () => await host.StartAsync(),
            Throws
                .TypeOf<OptionsValidationException>()
                .With.Message.Contains("'one'")
                .And.Message.Contains("'three'")
                .And.Message.Not.Contains("'two'")
        );
        await Task.CompletedTask;
    }

    private IHost Build(
        CredentialsCheckMode mode,
        Action<CleverTapOptions>? configure = null,
        TimeProvider? clock = null,
        HttpMessageHandler? handler = null
    )
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Logging.AddProvider(new FakeLoggerProvider(logs)).AddFilter("System.Net.Http", LogLevel.None);
        ICleverTapDestinationBuilder destination = builder.Services.AddCleverTapDestination(
            "shop",
            options => Configure(options, mode, configure)
        );
        if (handler is not null)
        {
            destination.HttpClientBuilder.ConfigurePrimaryHttpMessageHandler(() => handler);
        }

        builder.Services.AddHealthChecks().AddCleverTapDestination("shop");
        return builder.Build();
    }

    private void Configure(CleverTapOptions options, CredentialsCheckMode mode, Action<CleverTapOptions>? configure)
    {
        (options.AccountId, options.Passcode, options.Endpoint) = (cleverTap.AccountId, cleverTap.Passcode, cleverTap.Endpoint);
        (options.Region, options.CredentialsCheck) = ("in1", mode);
        configure?.Invoke(options);
    }

    private Task UntilLoggedAsync(int id) =>
        Polling.WaitUntilAsync(() => logs.GetSnapshot().Any(log => log.Id.Id == id), $"a log with the id {id}");
}
