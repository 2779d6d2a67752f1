using System.Net.Http.Json;
using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.Testing;

/// <summary>The README's test of a whole host, word for word; the host is that of the first page.</summary>
public sealed class HostReadmeTests
{
    [Test]
    public async Task Event_that_the_host_receives_reaches_CleverTap()
    {
        await using var cleverTap = await CleverTapEmulator.StartAsync();
        await using WebApplicationFactory<Program> host = new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
        {
            builder.UseSetting("CleverTap:Endpoint", cleverTap.Endpoint.AbsoluteUri);
            builder.UseSetting("CleverTap:AccountId", cleverTap.AccountId);
            builder.UseSetting("CleverTap:Passcode", cleverTap.Passcode);
        });
        using HttpClient client = host.CreateClient();

        await client.PostAsJsonAsync("/rudder", RudderEvent.Parse("""{"type":"track","userId":"user-1","event":"Signed Up"}"""));
        await host.Services.GetRequiredService<ICleverTapQueue>().FlushAsync();

        Assert.That(cleverTap.EventsOf("user-1").Single().Name, Is.EqualTo("Signed Up"));
    }
}
