using System.Text;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.Tests.Recipes;

/// <summary>Is a host for one recipe, with an emulator of CleverTap and a folder for its files.</summary>
internal sealed class RecipeHost : IAsyncDisposable
{
    private IHost? host;

    private RecipeHost(CleverTapEmulator cleverTap) => CleverTap = cleverTap;

    public CleverTapEmulator CleverTap { get; }

    public HostApplicationBuilder Builder { get; } = Host.CreateEmptyApplicationBuilder(null);

    public string Folder { get; } = Directory.CreateTempSubdirectory("recipe-").FullName;

    /// <summary>Creates a host with <paramref name="settings"/> as appsettings.json and the account of the emulator.</summary>
    public static async Task<RecipeHost> CreateAsync(string settings = "{}")
    {
        var recipe = new RecipeHost(await CleverTapEmulator.StartAsync());
        recipe.Builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(settings)));
        recipe.Builder.Configuration["CleverTap:AccountId"] = recipe.CleverTap.AccountId;
        recipe.Builder.Configuration["CleverTap:Passcode"] = recipe.CleverTap.Passcode;
        recipe.Builder.Configuration["CleverTap:Endpoint"] = recipe.CleverTap.Endpoint.AbsoluteUri;
        recipe.Builder.Services.PostConfigure<SqliteOutboxOptions>(options =>
            options.Database = Path.Combine(recipe.Folder, options.Database)
        );
        return recipe;
    }

    /// <summary>Creates a host with this configuration and a queue, and delivers events to the emulator.</summary>
    public static async Task<RecipeHost> DeliverAsync(string settings, params RudderEvent[] events)
    {
        RecipeHost recipe = await CreateAsync(settings);
        recipe.Builder.Services.AddCleverTapDestination(recipe.Builder.Configuration.GetSection("CleverTap")).AddBackgroundDelivery();
        await recipe.DeliverAsync(events);
        return recipe;
    }

    public async Task<IServiceProvider> StartAsync()
    {
        host = Builder.Build();
        await host.StartAsync();
        return host.Services;
    }

    public async Task<IServiceProvider> DeliverAsync(params RudderEvent[] events)
    {
        IServiceProvider services = host?.Services ?? await StartAsync();
        ICleverTapQueue queue = services.GetRequiredService<ICleverTapQueue>();
        await queue.EnqueueAsync(events);
        Assert.That(await queue.FlushAsync(), Is.True);
        return services;
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.StopAsync();
            host.Dispose();
        }

        await CleverTap.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
