using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.House.Examples;

/// <summary>The examples in the documentation of options and registrations, word for word, compiled and run.</summary>
public sealed class OptionSnippets
{
    [Test]
    public void Destination_is_registered_from_code()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["CleverTapPasscode"] = "secret";

        builder.Services.AddCleverTapDestination(options =>
        {
            options.AccountId = "YOUR-PROJECT-ID";
            options.Passcode = builder.Configuration["CleverTapPasscode"]!;
            options.Region = "in1";
            options.Mapping = MappingOptions.Default with { TrackAnonymous = false };
        });

        using IHost host = builder.Build();
        CleverTapOptions options = host.Services.GetRequiredService<IOptions<CleverTapOptions>>().Value;
        Assert.That((options.Passcode, options.Mapping.TrackAnonymous), Is.EqualTo(("secret", false)));
    }

    [Test]
    public void Destination_is_registered_from_configuration()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["CleverTap:AccountId"] = "acc";
        builder.Configuration["CleverTap:Passcode"] = "secret";

        builder.Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"));

        using IHost host = builder.Build();
        Assert.That(host.Services.GetRequiredService<IOptions<CleverTapOptions>>().Value.AccountId, Is.EqualTo("acc"));
    }

    [Test]
    public async Task Client_checks_its_credentials()
    {
        await using var cleverTap = await CleverTap.Rudder.Testing.CleverTapEmulator.StartAsync();
        var options = new CleverTapOptions
        {
            AccountId = cleverTap.AccountId,
            Passcode = cleverTap.Passcode,
            Endpoint = cleverTap.Endpoint,
        };
        using var http = new HttpClient();

        var client = new CleverTapClient(http, options);
        CleverTapResponse response = await client.CheckCredentialsAsync();
        bool isAccepted = response.Status != ResponseStatus.Unauthorized;

        Assert.That(isAccepted);
    }
}
