using System.Net;
using CleverTap.Rudder;
using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Mvc.Testing;

namespace TwoBrands;

/// <summary>Runs the whole host, from the request to the data of two CleverTap accounts.</summary>
public sealed class TwoBrandsTests
{
    private const string Secret = "shared";

    private string folder = null!;
    private CleverTapEmulator shoes = null!;
    private CleverTapEmulator hats = null!;

    [SetUp]
    public async Task Start()
    {
        folder = Directory.CreateTempSubdirectory("two-brands-").FullName;
        shoes = await CleverTapEmulator.StartAsync();
        hats = await CleverTapEmulator.StartAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        await shoes.DisposeAsync();
        await hats.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Each_brand_gets_its_own_events_and_no_others()
    {
        await using WebApplicationFactory<Program> host = Host();

        HttpStatusCode status = await PostAsync(
            host,
            Track("1", "User-1", "shoes", "Shoe Size Chosen"),
            Track("2", "User-1", "hats", "Checked Out")
        );
        await FlushAsync(host);

        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(shoes.Events.Select(stored => $"{stored.Identity} {stored.Name}"), Is.EqualTo(new[] { "user-1 Shoe Size Chosen" }));
        Assert.That(hats.Events.Select(stored => $"{stored.Identity} {stored.Name}"), Is.EqualTo(new[] { "user-1 Checked Out" }));
    }

    [Test]
    public async Task Filter_of_a_brand_applies_to_that_brand_only()
    {
        await using WebApplicationFactory<Program> host = Host();

        await PostAsync(host, Track("1", "user-1", "hats", "Shoe Size Chosen"), Track("2", "user-1", "shoes", "Shoe Size Chosen"));
        await FlushAsync(host);

        Assert.That((shoes.EventCount, hats.EventCount), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Events_without_a_known_brand_are_rejected_and_kept_as_dead_letters()
    {
        await using WebApplicationFactory<Program> host = Host();

        await PostAsync(host, Track("1", "user-1", "gloves", "Checked Out"), Track("2", "user-1", "hats", "Checked Out"));
        await FlushAsync(host);

        Assert.That(host.Services.GetRequiredService<Rejects>().Rows, Is.EqualTo(new[] { "1 UnknownDestination" }));
        Assert.That(
            (await host.Services.GetRequiredService<IDeadLetters>().ListAsync()).Select(letter => letter.Reason),
            Is.EqualTo(new[] { "UnknownDestination" })
        );
        Assert.That(hats.EventCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Brand_with_a_wrong_passcode_does_not_stop_the_other_and_gets_its_events_after_a_restart()
    {
        await using (WebApplicationFactory<Program> broken = Host(("CleverTap:Hats:Passcode", "wrong")))
        {
            await PostAsync(broken, Track("1", "user-1", "hats", "Checked Out"), Track("2", "user-1", "shoes", "Checked Out"));
        }

        Assert.That((shoes.EventCount, hats.EventCount), Is.EqualTo((1, 0)));
        await using WebApplicationFactory<Program> host = Host();
        await FlushAsync(host);
        Assert.That((shoes.EventCount, hats.EventCount), Is.EqualTo((1, 1)));
    }

    private static object Track(string messageId, string userId, string brand, string name) =>
        new
        {
            type = "track",
            messageId,
            userId,
            @event = name,
            context = new { brand },
        };

    private static async Task<HttpStatusCode> PostAsync(WebApplicationFactory<Program> host, params object[] events)
    {
        using HttpClient client = host.CreateClient();
        client.DefaultRequestHeaders.Add("X-Webhook-Secret", Secret);
        using HttpResponseMessage response = await client.PostAsJsonAsync("/rudder", events);
        return response.StatusCode;
    }

    private static async Task FlushAsync(WebApplicationFactory<Program> host) =>
        Assert.That(await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync());

    private WebApplicationFactory<Program> Host(params (string Key, string Value)[] changed) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseContentRoot(AppContext.BaseDirectory);
            host.UseSetting("Outbox:Database", Path.Combine(folder, "events.db"));
            host.UseSetting("Webhook:Secret", Secret);
            foreach ((string name, CleverTapEmulator account) in new[] { ("Shoes", shoes), ("Hats", hats) })
            {
                host.UseSetting($"CleverTap:{name}:AccountId", account.AccountId);
                host.UseSetting($"CleverTap:{name}:Passcode", account.Passcode);
                host.UseSetting($"CleverTap:{name}:Endpoint", account.Endpoint.AbsoluteUri);
            }

            foreach ((string key, string value) in changed)
            {
                host.UseSetting(key, value);
            }
        });
}
