using System.Text.Json.Nodes;
using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Tests.House;

/// <summary>The README's code, word for word, compiled and run; <see cref="ReadmeTests"/> holds the two together.</summary>
public sealed class ReadmeSnippets
{
    [Test]
    public void Transform()
    {
        TransformResult result = CleverTapTransformer.Default.Transform(
            """{"type":"track","userId":"user-1","event":"Checked Out","properties":{"revenue":2000}}"""
        );

        foreach (CleverTapRecord record in result.Records)
        {
            Console.WriteLine(record.ToJson());
        }

        foreach (CleverTapWarning warning in result.Warnings)
        {
            Console.WriteLine($"{warning.Field}: {warning.Message}");
        }

        if (result.Error is { } error)
        {
            Console.WriteLine($"{error.Code} in {error.Field}: expected {error.Expected}");
        }

        Assert.That(
            result.Records.Single().ToJson(),
            Is.EqualTo("""{"type":"event","identity":"user-1","evtName":"Checked Out","evtData":{"revenue":2000}}""")
        );
    }

    [Test]
    public void Build_an_event()
    {
        var signUp = new IdentifyEvent
        {
            UserId = "user-1",
            OriginalTimestamp = DateTimeOffset.UtcNow,
            Traits = new JsonObject
            {
                ["email"] = "name@website.com",
                ["Residence"] = "Shibuya",
                ["MSG-push"] = false,
            },
        };

        var profile = (ProfileRecord)CleverTapTransformer.Default.Transform(signUp).Records.Single();
        Assert.That(
            profile.ProfileData.GetRawText(),
            Is.EqualTo("""{"Email":"name@website.com","residence":"Shibuya","MSG-push":false}""")
        );
    }

    [Test]
    public async Task Deliver()
    {
        ServiceCollection services = new();
        var builder = new { Services = services, Configuration = new ConfigurationManager() };

        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        builder.Configuration["CleverTap:AccountId"] = cleverTap.AccountId;
        builder.Configuration["CleverTap:Passcode"] = cleverTap.Passcode;
        builder.Configuration["CleverTap:Endpoint"] = cleverTap.Endpoint.AbsoluteUri;
        builder.Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"));

        await using ServiceProvider provider = services.BuildServiceProvider();
        var destination = provider.GetRequiredService<ICleverTapDestination>();
        RudderEvent[] events =
        [
            new TrackEvent
            {
                MessageId = "m-1",
                UserId = "user-1",
                Event = "App Launched",
            },
        ];
        List<RudderEvent> retryLater = [];
        var logger = new Rejections();
        CancellationToken cancellationToken = CancellationToken.None;

        DeliveryReport report = await destination.SendAsync(events, cancellationToken);

        foreach (EventOutcome outcome in report.Rejected)
        {
            logger.Rejected(outcome.MessageId, outcome.Code, outcome.Message);
        }

        foreach (EventOutcome outcome in report.Undelivered)
        {
            retryLater.Add(events[outcome.Index]);
        }

        Assert.That(logger.Lines.Single(), Does.StartWith("m-1 513 "));
        Assert.That(retryLater, Is.Empty);
    }

    [Test]
    public void Change_options()
    {
        var options = MappingOptions.RudderTransformer with { TrackAnonymous = true, Timestamps = TimestampSource.EventTime };
        var transformer = new CleverTapTransformer(options);

        Assert.That(
            transformer
                .Transform("""{"type":"track","anonymousId":"a","event":"e","timestamp":"2024-01-01T00:00:00.0000000Z"}""")
                .Records[0]
                .ToJson(),
            Does.Contain("\"ts\":1704067200")
        );
    }

    [Test]
    public async Task Speak_the_protocol_of_rudder_transformer()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRudderTransformer(builder.Configuration.GetSection("Transformer"));

        await using WebApplication app = builder.Build();
        app.MapPost(
            "/routerTransform",
            async (HttpContext context, RudderTransformerProtocol protocol) =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                context.Response.Headers[RudderTransformerProtocol.ApiVersionHeader] = RudderTransformerProtocol.ApiVersion;
                context.Response.StatusCode = protocol.Route(body.ToArray(), context.Response.BodyWriter);
            }
        );

        await app.StartAsync();
        using var http = new HttpClient();
        using var jobs = new StringContent(
            """{"destType":"clevertap","input":[{"message":{"type":"track","userId":"user-1","event":"Checked Out"},"metadata":{"jobId":1},"destination":{"Config":{"accountId":"a","passcode":"p"}}}]}"""
        );
        using HttpResponseMessage response = await http.PostAsync(new Uri(app.Urls.Single() + "/routerTransform"), jobs);
        Assert.That(response.Headers.GetValues("apiVersion").Single(), Is.EqualTo("2"));
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Does.Contain("\"evtName\":\"Checked Out\"").And.Contain("\"statusCode\":200")
        );
    }

    [Test]
    public void Send_from_the_page()
    {
        ServiceCollection services = new();
        var builder = new { Services = services };
        builder.Services.AddCleverTapDestination(destination => (destination.AccountId, destination.Passcode) = ("acc", "open-sesame"));
        builder.Services.AddCleverTapWeb();

        using IServiceScope request = services.BuildServiceProvider().CreateScope();
        var page = request.ServiceProvider.GetRequiredService<ICleverTapPage>();
        page.Identify("user-1", new JsonObject { ["email"] = "name@website.com" });
        page.Track("Checked Out", new JsonObject { ["revenue"] = 2000 });

        Assert.That(page.Calls.Select(call => call.Method), Is.EqualTo(new[] { "onUserLogin.push", "event.push" }));
    }

    [Test]
    public void Make_calls_for_a_page()
    {
        var rudderEvent = new TrackEvent
        {
            Event = "Checked Out",
            Properties = new JsonObject { ["revenue"] = 2000 },
        };

        WebTransformResult result = CleverTapTransformer.Default.TransformForWeb(rudderEvent);
        foreach (WebCall call in result.Calls)
        {
            Console.WriteLine(call.ToJson());
        }

        Assert.That(result.Calls.Single().ToJson(), Is.EqualTo("""{"method":"event.push","arguments":["Checked Out",{"revenue":2000}]}"""));
    }

    [Test]
    public async Task Test_a_host()
    {
        ServiceCollection services = new();
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        services.AddCleverTapDestination(options =>
        {
            options.AccountId = cleverTap.AccountId;
            options.Passcode = cleverTap.Passcode;
            options.Endpoint = cleverTap.Endpoint;
        });

        await using ServiceProvider provider = services.BuildServiceProvider();
        await provider
            .GetRequiredService<ICleverTapDestination>()
            .SendAsync([
                new IdentifyEvent
                {
                    UserId = "user-1",
                    Traits = new JsonObject { ["email"] = "name@website.com" },
                },
            ]);
        Assert.That(cleverTap.Profiles["user-1"].Attributes["Email"].GetString(), Is.EqualTo("name@website.com"));
    }

    /// <summary>Stands for the host's own logging.</summary>
    private sealed class Rejections
    {
        public List<string> Lines { get; } = [];

        public void Rejected(string? messageId, int? code, string? message) => Lines.Add($"{messageId} {code} {message}");
    }
}
