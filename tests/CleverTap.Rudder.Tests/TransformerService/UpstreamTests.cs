using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>The service with an upstream, which is a server that echoes its requests.</summary>
public sealed class UpstreamTests
{
    private static WebApplication? original;
    private static ServiceProcess? service;
    private static HttpClient? http;

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        original = builder.Build();
        original.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body, Encoding.Latin1);
            context.Response.Headers["apiVersion"] = "2";
            context.Response.StatusCode = 202;
            await context.Response.WriteAsync(
                $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers.ContentEncoding} {await body.ReadToEndAsync()}"
            );
        });
        await original.StartAsync();
        service = await ServiceProcess.StartAsync(Service.CleverTap.Endpoint, original.Urls.Single());
        http = new HttpClient { BaseAddress = service.Address };
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        http?.Dispose();
        if (service is not null)
        {
            await service.DisposeAsync();
        }

        if (original is not null)
        {
            await original.DisposeAsync();
        }
    }

    [TestCase("/v0/destinations/braze", "[{\"message\":{}}]")]
    [TestCase("/routerTransform", "{\"input\":[{}],\"destType\":\"braze\"}")]
    [TestCase("/deleteUsers", "[{\"destType\":\"braze\"}]")]
    [TestCase("/v1/destinations/braze/proxy", "{\"metadata\":[]}")]
    [TestCase("/customTransform?x=1", "[1]")]
    [TestCase("/v2/sources/shopify", "not JSON at all")]
    public async Task Requests_for_other_destinations_are_forwarded_unchanged(string path, string body)
    {
        (HttpResponseMessage response, string text) = await PostAsync(path, new StringContent(body));

        Assert.That((response.StatusCode, text), Is.EqualTo((HttpStatusCode.Accepted, $"POST {path}  {body}")));
        Assert.That(response.Headers.GetValues("apiVersion"), Is.EqualTo(new[] { "2" }));
    }

    [Test]
    public async Task Features_are_those_of_the_upstream() =>
        Assert.That(await (await http!.GetAsync("/features")).Content.ReadAsStringAsync(), Is.EqualTo("GET /features  "));

    [TestCase("/v0/destinations/clevertap", "[]", "[]")]
    [TestCase("/routerTransform", "{\"input\":[],\"destType\":\"CLEVERTAP\"}", "Invalid event array")]
    [TestCase("/deleteUsers", "[{\"destType\":\"clevertap\"}]", "userAttributes is not an array")]
    public async Task Requests_for_CleverTap_are_not_forwarded(string path, string body, string expected) =>
        Assert.That((await PostAsync(path, new StringContent(body))).Text, Does.Contain(expected).And.Not.Contain("POST"));

    [Test]
    public async Task Compressed_body_without_a_destination_in_the_path_is_forwarded_uncompressed() =>
        Assert.That(
            (await PostAsync("/routerTransform", Gzip("{\"destType\":\"braze\"}"))).Text,
            Is.EqualTo("POST /routerTransform  {\"destType\":\"braze\"}")
        );

    [Test]
    public async Task Compressed_body_that_the_service_does_not_read_is_forwarded_compressed() =>
        Assert.That((await PostAsync("/customTransform", Gzip("[1]"))).Text, Does.StartWith("POST /customTransform gzip \x1F"));

    private static async Task<(HttpResponseMessage Response, string Text)> PostAsync(string path, HttpContent body)
    {
        HttpResponseMessage response = await http!.PostAsync(path, body);
        return (response, await response.Content.ReadAsStringAsync());
    }

    private static ByteArrayContent Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        var content = new ByteArrayContent(compressed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
