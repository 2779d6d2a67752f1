using System.Buffers;
using System.Text;
using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.House;

/// <summary>The examples in the documentation of the protocol, the emulator, the endpoints and the page, compiled and run.</summary>
public sealed class PackageSnippets
{
    [Test]
    public void Protocol_example_transforms_a_request()
    {
        ReadOnlyMemory<byte> body = Encoding.UTF8.GetBytes("[]");

        var protocol = new RudderTransformerProtocol();
        var output = new ArrayBufferWriter<byte>();
        int status = protocol.Process(body, output);

        Assert.That((status, Encoding.UTF8.GetString(output.WrittenSpan)), Is.EqualTo((200, "[]")));
    }

    [Test]
    public async Task Emulator_examples_configure_a_destination_and_faults()
    {
        await using var cleverTap = await CleverTapEmulator.StartAsync();
        var services = new ServiceCollection();
        services.AddCleverTapDestination(options =>
        {
            options.Endpoint = cleverTap.Endpoint;
            options.AccountId = cleverTap.AccountId;
            options.Passcode = cleverTap.Passcode;
        });

        await using ServiceProvider provider = services.BuildServiceProvider();
        DeliveryReport report = await provider
            .GetRequiredService<ICleverTapDestination>()
            .SendAsync([new TrackEvent { UserId = "user-1", Event = "Signed Up" }]);
        Assert.That(report.Delivered.Count(), Is.EqualTo(1));

        cleverTap.Faults = new CleverTapFaults
        {
            Seed = 1,
            ServerError = 0.3,
            LostResponse = 0.3,
        };
        Assert.That(cleverTap.Faults.ServerError, Is.EqualTo(0.3));

        await using var nested = CleverTapEmulator.Create(new CleverTapEmulatorOptions { NestedObjects = true });
        Assert.That(nested.Events, Is.Empty);
    }

    [Test]
    public async Task Endpoint_and_page_examples_map_routes()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Configuration["Secret"] = "secret";
        builder
            .Services.AddCleverTapDestination(options => (options.AccountId, options.Passcode) = ("acc", "pass"))
            .AddBackgroundDelivery();
        builder.Services.AddCleverTapWeb(options => options.AccountId = "ACCOUNT-ID");
        await using WebApplication app = builder.Build();

        app.MapRudderEvents("/rudder");
        app.MapRudderEvents("/rudder", options => options.Secret = app.Configuration["Secret"]);
        app.MapRudderDataPlane("write-key-1");
        app.MapGet(
            "/cart",
            (ICleverTapPage page) =>
            {
                page.Page("Cart");
                return Results.Content($"<!DOCTYPE html><title>Cart</title>{page.Render()}", "text/html");
            }
        );

        Assert.That(
            ((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)app).DataSources.Sum(source => source.Endpoints.Count),
            Is.EqualTo(10)
        );
    }
}
