using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Tests.Recipes;

/// <summary>Runs one web host with two brands: each has an account, outbox, endpoint, secret and rules; they share a handler.</summary>
public sealed class TwoBrandsTests
{
    private static readonly string[] Brands = ["hotel", "travel"];

    private readonly Dictionary<string, CleverTapEmulator> accounts = [];
    private string folder = null!;
    private WebApplication app = null!;
    private HttpClient http = null!;

    [SetUp]
    public async Task Start()
    {
        folder = Directory.CreateTempSubdirectory("brands-").FullName;
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        foreach (string brand in Brands)
        {
            CleverTapEmulator account = await CleverTapEmulator.StartAsync(
                new CleverTapEmulatorOptions { AccountId = $"account-of-{brand}", Passcode = $"passcode-of-{brand}" }
            );
            accounts[brand] = account;
            builder.Configuration.AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    [$"{brand}:CleverTap:AccountId"] = account.AccountId,
                    [$"{brand}:CleverTap:Passcode"] = account.Passcode,
                    [$"{brand}:CleverTap:Endpoint"] = account.Endpoint.AbsoluteUri,
                    [$"{brand}:Outbox:Database"] = Path.Combine(folder, $"{brand}.db"),
                    [$"{brand}:Endpoint:Secret"] = $"secret-of-{brand}",
                    [$"{brand}:Endpoint:Destination"] = brand,
                }
            );
        }

        Configure(builder);
        app = builder.Build();
        foreach (string brand in Brands)
        {
            app.MapRudderEvents($"/{brand}", app.Configuration.GetSection($"{brand}:Endpoint"));
        }

        await app.StartAsync();
        http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    [TearDown]
    public async Task Stop()
    {
        http.Dispose();
        await app.DisposeAsync();
        foreach (CleverTapEmulator account in accounts.Values)
        {
            await account.DisposeAsync();
        }

        accounts.Clear();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Event_of_each_brand_reaches_its_account_with_hooks_applied_and_the_handler_notified()
    {
        await PostAsync("hotel", Track("h-1", "Guest-1", "Stayed"), HttpStatusCode.Accepted);
        await PostAsync("travel", $"[{Track("t-1", "Guest-1", "Flew")},{Track("t-2", "monitor", "Flew")}]", HttpStatusCode.Accepted);
        foreach (string brand in Brands)
        {
            await app.Services.GetRequiredKeyedService<ICleverTapQueue>(brand).FlushAsync();
        }

        Assert.That(Stored("hotel"), Is.EqualTo(new[] { "guest-1 Hotel Stayed" }));
        Assert.That(Stored("travel"), Is.EqualTo(new[] { "Guest-1 Flew" }));
        Assert.That(
            app.Services.GetRequiredService<Ledger>().Lines,
            Is.EquivalentTo(new[] { "h-1 Delivered", "t-1 Delivered", "t-2 Filtered" })
        );
    }

    [Test]
    public async Task Endpoint_rejects_the_secret_of_the_other_brand()
    {
        await PostAsync("hotel", Track("t-1", "guest-1", "Flew"), HttpStatusCode.Unauthorized, secretOf: "travel");

        await app.Services.GetRequiredKeyedService<ICleverTapQueue>("hotel").FlushAsync();
        Assert.That(accounts["hotel"].EventCount + accounts["travel"].EventCount, Is.Zero);
    }

    private static void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Ledger>();

        builder
            .Services.AddCleverTapDestination("hotel", builder.Configuration.GetSection("hotel:CleverTap"))
            .EditEvents<LowerCaseIds>()
            .EditEvents(rudderEvent => rudderEvent is TrackEvent track ? track with { Event = $"Hotel {track.Event}" } : rudderEvent)
            .AddSqliteOutbox(builder.Configuration.GetSection("hotel:Outbox"))
            .AddOutcomeHandler<LedgerHandler>();

        builder
            .Services.AddCleverTapDestination("travel", builder.Configuration.GetSection("travel:CleverTap"))
            .FilterEvents(rudderEvent => rudderEvent.UserId != "monitor")
            .AddSqliteOutbox(builder.Configuration.GetSection("travel:Outbox"))
            .AddOutcomeHandler<LedgerHandler>();
    }

    private static string Track(string messageId, string user, string name) =>
        $$"""{"type":"track","messageId":"{{messageId}}","userId":"{{user}}","event":"{{name}}"}""";

    private async Task PostAsync(string brand, string json, HttpStatusCode expected, string? secretOf = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{brand}");
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        request.Headers.Add("X-Webhook-Secret", $"secret-of-{secretOf ?? brand}");
        using HttpResponseMessage response = await http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(expected), await response.Content.ReadAsStringAsync());
    }

    private IEnumerable<string> Stored(string brand) => accounts[brand].Events.Select(stored => $"{stored.Identity} {stored.Name}");

    private sealed class Ledger
    {
        public ConcurrentQueue<string> Lines { get; } = [];
    }

    private sealed class LedgerHandler(Ledger ledger) : IOutcomeHandler
    {
        public ValueTask HandleAsync(RudderEvent rudderEvent, EventOutcome outcome, CancellationToken cancellationToken)
        {
            ledger.Lines.Enqueue($"{outcome.MessageId} {outcome.Kind}");
            return default;
        }
    }

    private sealed class LowerCaseIds : IEventEditor
    {
        public RudderEvent Edit(RudderEvent rudderEvent) => rudderEvent with { UserId = rudderEvent.UserId?.ToLowerInvariant() };
    }
}
