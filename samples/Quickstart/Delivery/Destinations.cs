using CleverTap.Rudder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Quickstart;

/// <summary>One destination for each account and mapping that the lines ask for.</summary>
internal sealed class Destinations(Settings settings) : IAsyncDisposable
{
    /// <summary>Somebody sits before the screen.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(Account Account, MappingOptions Mapping), ICleverTapDestination> all = [];
    private readonly List<ServiceProvider> hosts = [];

    /// <summary>How lines without a configuration of their own are mapped.</summary>
    public MappingOptions Mapping => settings.Mapping;

    /// <summary>The destination of a line.</summary>
    /// <exception cref="OptionsValidationException">The account cannot be used.</exception>
    /// <exception cref="WrongUsageException">There is no account.</exception>
    public ICleverTapDestination For(in InputLine line)
    {
        MappingOptions mapping = line.Config?.ApplyTo(settings.Mapping) ?? settings.Mapping;
        Account account =
            settings.Account
            ?? AccountOf(line.Config)
            ?? throw new WrongUsageException($"Line {line.Number} brings no account of its own: give --account-id and --passcode");
        return For(account, mapping);
    }

    /// <summary>Tells at the start what would be wrong with every line.</summary>
    public void Check()
    {
        if (settings.Account is not { } account)
        {
            return;
        }

        try
        {
            For(account, settings.Mapping);
        }
        catch (OptionsValidationException exception)
        {
            throw new WrongUsageException(string.Join(' ', exception.Failures));
        }
    }

    public static void Configure(CleverTapOptions options, Settings settings, Account account, MappingOptions mapping)
    {
        options.AccountId = account.Id;
        options.Passcode = account.Passcode;
        options.Region = account.Region;
        options.Endpoint = settings.Endpoint;
        options.Mapping = mapping;
        options.DryRun = settings.DryRun;
        options.RetryMaxDelay = LongestWait;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProvider host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    private static Account? AccountOf(RudderDestinationConfig? config) =>
        config is { AccountId: { Length: > 0 } id, Passcode: { Length: > 0 } passcode }
            ? new Account(id, passcode, config.Region ?? "")
            : null;

    private ICleverTapDestination For(Account account, MappingOptions mapping)
    {
        if (all.TryGetValue((account, mapping), out ICleverTapDestination? destination))
        {
            return destination;
        }

        var services = new ServiceCollection();
        services.AddCleverTapDestination(options => Configure(options, settings, account, mapping));
        ServiceProvider host = services.BuildServiceProvider();
        hosts.Add(host);
        destination = host.GetRequiredService<ICleverTapDestination>();
        all.Add((account, mapping), destination);
        return destination;
    }
}
