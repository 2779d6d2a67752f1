using System.Text.Json.Serialization;
using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Connections;
using Playground;
using Playground.Deliver;
using Playground.Events;
using Playground.Mapping;
using Playground.Meters;
using Playground.Stored;
using Playground.Transform;

const string defaultAddress = "http://127.0.0.1:5080";

await using CleverTapEmulator emulator = await CleverTapEmulator.StartAsync(
    new() { Faults = FaultShares.None.ToFaults(), MaxStoredRequests = 100_000 }
);
WebApplicationBuilder builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
);
string address = builder.Configuration["urls"] ?? defaultAddress;
builder.WebHost.UseUrls(address).ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = EventInput.MaxBytes);
builder.Logging.LogErrorsOnly();
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
builder.Services.AddSingleton(emulator);
builder.Services.AddSingleton<MeterReadings>();
builder.Services.AddPlaygroundDestination(emulator);

await using WebApplication app = builder.Build();
app.UsePageHeaders();
app.UseLocalRequestsOnly();
app.UseDefaultFiles();
app.UseStaticFiles();
app.MapSamples();
app.MapOptions();
app.MapTransform();
app.MapDelivery();
app.MapFaults();
app.MapStored();
app.MapMeter();
app.Services.GetRequiredService<MeterReadings>().Start();

try
{
    await app.StartAsync();
}
catch (IOException exception) when (exception.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync(
        $"{address} is in use, perhaps by another Playground. Choose another address: --urls http://127.0.0.1:5081"
    );
    return 1;
}

foreach (string url in app.Urls)
{
    Console.WriteLine($"Playground: {url}");
}

await app.WaitForShutdownAsync();
return 0;
