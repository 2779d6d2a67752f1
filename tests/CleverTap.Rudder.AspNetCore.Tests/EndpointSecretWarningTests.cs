using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CleverTap.Rudder.Tests.AspNetCore;

/// <summary>An endpoint that accepts events from every sender is logged once, when the host has started.</summary>
public sealed class EndpointSecretWarningTests
{
    [Test]
    public async Task MapRudderEvents_warns_once_at_the_start_when_it_has_no_secret() =>
        Assert.That(
            await WarningsAsync(app => app.MapRudderEvents("/rudder")),
            Is.EqualTo(
                new[]
                {
                    "55: MapRudderEvents /rudder accepts events from every sender: set the option Secret, "
                        + "or require authorization for the endpoint",
                }
            )
        );

    [Test]
    public async Task MapRudderEvents_does_not_warn_when_it_has_a_secret() =>
        Assert.That(await WarningsAsync(app => app.MapRudderEvents("/rudder", options => options.Secret = "shared")), Is.Empty);

    [Test]
    public async Task MapRudderEvents_does_not_warn_when_the_endpoint_requires_authorization() =>
        Assert.That(await WarningsAsync(app => app.MapRudderEvents("/rudder").RequireAuthorization()), Is.Empty);

    [Test]
    public async Task MapRudderEvents_does_not_warn_when_its_group_requires_authorization() =>
        Assert.That(await WarningsAsync(app => app.MapGroup("/in").RequireAuthorization().MapRudderEvents("/rudder")), Is.Empty);

    [Test]
    public async Task MapRudderEvents_warns_when_the_endpoint_allows_anonymous_senders() =>
        Assert.That(await WarningsAsync(app => app.MapRudderEvents("/rudder").RequireAuthorization().AllowAnonymous()), Has.One.Items);

    [TestCase(true)]
    [TestCase(false)]
    public async Task MapRudderEvents_warns_only_when_the_host_has_no_fallback_policy(bool hasFallbackPolicy)
    {
        string[] warnings = await WarningsAsync(
            app => app.MapRudderEvents("/rudder"),
            options => options.FallbackPolicy = hasFallbackPolicy ? options.DefaultPolicy : null
        );

        Assert.That(warnings, hasFallbackPolicy ? Is.Empty : Has.One.Items);
    }

    private static async Task<string[]> WarningsAsync(Action<WebApplication> map, Action<AuthorizationOptions>? authorize = null)
    {
        var logs = new FakeLoggerProvider();
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization(authorize ?? (_ => { }));
        builder
            .Services.AddCleverTapDestination(options =>
                (options.AccountId, options.Passcode, options.CredentialsCheck) = ("a", "p", CredentialsCheckMode.Off)
            )
            .AddBackgroundDelivery();
        await using WebApplication app = builder.Build();
        map(app);
        await app.StartAsync();
        await app.StopAsync();
        return
        [
            .. logs
                .Collector.GetSnapshot()
                .Where(log => log.Level == LogLevel.Warning && log.Category!.Contains("EventReceiver", StringComparison.Ordinal))
                .Select(log => $"{log.Id.Id}: {log.Message}"),
        ];
    }
}
