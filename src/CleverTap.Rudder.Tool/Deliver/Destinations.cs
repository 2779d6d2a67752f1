using CleverTap.Rudder.Tool.CommandLine;
using CleverTap.Rudder.Tool.Input;
using CleverTap.Rudder.Tool.Output;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>One destination for each account and mapping that the events ask for.</summary>
internal sealed class Destinations(DeliverySettings settings) : IAsyncDisposable
{
    private readonly Dictionary<(Account Account, MappingOptions Mapping), ICleverTapDestination> destinations = [];
    private readonly List<ServiceProvider> providers = [];
    private readonly Dictionary<Account, Redactor> redactors = [];

    /// <summary>The destination of an event.</summary>
    /// <returns>Null and an error if the event brings an account that cannot be used.</returns>
    /// <exception cref="WrongUsageException">There is no account at all.</exception>
    public ICleverTapDestination? Find(in InputLine line, out EventError? error)
    {
        error = null;
        MappingOptions mapping = line.Config?.ApplyTo(settings.Mapping) ?? settings.Mapping;
        if ((settings.Account ?? AccountOf(line.Config)) is { } account)
        {
            return Find(account, mapping, out error);
        }

        if (destinations.Count == 0)
        {
            throw new WrongUsageException(
                $"There is no account: set {AccountArguments.AccountIdVariable} and {AccountArguments.PasscodeVariable}, or use --emulator"
            );
        }

        error = new EventError(EventErrorCode.WrongKind, "destination.Config", "The event brings no account", "an account");
        return null;
    }

    /// <summary>Reports at the start what is wrong with the account of all events.</summary>
    /// <exception cref="WrongUsageException">The account cannot be used.</exception>
    public void Check()
    {
        if (settings.Account is { } account && Find(account, settings.Mapping, out EventError? error) is null)
        {
            throw new WrongUsageException(error!.Message);
        }
    }

    /// <summary>Replaces the credentials of all accounts in a text, which a server may have echoed.</summary>
    public string Redact(string text)
    {
        lock (redactors)
        {
            return redactors.Values.Aggregate(text, (redacted, redactor) => redactor.Redact(redacted));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProvider provider in providers)
        {
            await provider.DisposeAsync();
        }
    }

    private static Account? AccountOf(RudderDestinationConfig? config) =>
        config is { AccountId: { Length: > 0 } id, Passcode: { Length: > 0 } passcode }
            ? new Account(id, passcode, config.Region ?? "")
            : null;

    private ICleverTapDestination? Find(Account account, MappingOptions mapping, out EventError? error)
    {
        error = null;
        if (destinations.TryGetValue((account, mapping), out ICleverTapDestination? destination))
        {
            return destination;
        }

        var services = new ServiceCollection();
        services.AddCleverTapDestination(options => settings.Apply(options, account, mapping));
        ServiceProvider provider = services.BuildServiceProvider();
        providers.Add(provider);
        try
        {
            destination = provider.GetRequiredService<ICleverTapDestination>();
        }
        catch (OptionsValidationException exception)
        {
            error = new EventError(EventErrorCode.WrongKind, "destination.Config", string.Join(' ', exception.Failures), "an account");
            return null;
        }

        destinations.Add((account, mapping), destination);
        lock (redactors)
        {
            redactors.TryAdd(account, new Redactor(account));
        }

        return destination;
    }
}
