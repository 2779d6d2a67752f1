using System.Text.Json.Nodes;
using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Tests.Web;

/// <summary>Compiles and runs the code of the package's README.</summary>
public sealed class WebReadmeTests
{
    [Test]
    public async Task README_page_is_rendered_without_Razor()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["CleverTap:AccountId"] = "acc";
        builder.Configuration["CleverTap:Passcode"] = "open-sesame";
        builder.Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"));
        builder.Services.AddCleverTapWeb();

        await using WebApplication app = builder.Build();
        app.MapGet(
            "/cart",
            (ICleverTapPage page) =>
            {
                page.Page("Cart");
                return Results.Content($"<!DOCTYPE html><title>Cart</title>{page.Render()}", "text/html");
            }
        );
        await app.StartAsync();
        using var http = new HttpClient();
        string html = await http.GetStringAsync(new Uri(app.Urls.Single() + "/cart"));

        Assert.That(
            html,
            Does.StartWith("<!DOCTYPE html><title>Cart</title><script>").And.Contain("Web Page Viewed: Cart").And.Not.Contain("open-sesame")
        );
        AddCalls(app.Services.CreateScope().ServiceProvider.GetRequiredService<ICleverTapPage>());
    }

    [Test]
    public async Task Endpoints()
    {
        string folder = Directory.CreateTempSubdirectory("readme-").FullName;
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["CleverTap:AccountId"] = cleverTap.AccountId;
        builder.Configuration["CleverTap:Passcode"] = cleverTap.Passcode;
        builder.Configuration["CleverTap:Endpoint"] = cleverTap.Endpoint.AbsoluteUri;
        builder.Configuration["Secret"] = "shared";
        builder.Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap")).AddSqliteOutbox("clevertap.db");
        builder.Services.AddCleverTapDestination("eu", builder.Configuration.GetSection("CleverTap")).AddBackgroundDelivery();
        builder.Services.Configure<SqliteOutboxOptions>(options => options.Database = Path.Combine(folder, options.Database));

        await using (WebApplication app = builder.Build())
        {
            app.MapRudderEvents("/rudder", options => options.Secret = app.Configuration["Secret"]);
            app.MapRudderDataPlane("write-key-1");
            app.MapGroup("/eu").MapRudderDataPlane(["write-key-eu"], options => options.Destination = "eu");
            await app.StartAsync();

            Assert.That(await PostAsync(app, "/rudder", ("X-Webhook-Secret", "shared")), Is.EqualTo(202));
            Assert.That(await PostAsync(app, "/v1/batch", ("Authorization", "Basic d3JpdGUta2V5LTE6")), Is.EqualTo(200));
            Assert.That(await PostAsync(app, "/eu/v1/batch", ("Authorization", "Basic d3JpdGUta2V5LWV1Og==")), Is.EqualTo(200));
            await app.StopAsync();
        }

        Assert.That(cleverTap.EventCount, Is.EqualTo(3));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<int> PostAsync(WebApplication app, string path, (string Name, string Value) header)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Urls.Single() + path));
        request.Content = new StringContent("""[{"type":"track","userId":"user-1","event":"Seen"}]""");
        request.Headers.Add(header.Name, header.Value);
        using HttpResponseMessage response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static void AddCalls(ICleverTapPage page)
    {
        page.Identify("user-1", new JsonObject { ["email"] = "name@website.com", ["birthday"] = "1990-01-01" });
        page.Page("Cart", new JsonObject { ["path"] = "/cart" });
        WebTransformResult result = page.Track("Checked Out", new JsonObject { ["revenue"] = 2000 });

        Assert.That(result.Status, Is.EqualTo(TransformStatus.Mapped));
        Assert.That(page.Calls, Has.Count.EqualTo(3));
    }
}
