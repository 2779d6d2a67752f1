using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Options;
using CleverTap.Rudder.Internal.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>
/// Asks CleverTap, when the host starts, whether the credentials of each destination are good. Only refused credentials can end the start:
/// a CleverTap that does not respond never does.
/// </summary>
internal sealed class CredentialsCheck(
    IEnumerable<DestinationRegistration> destinations,
    IServiceProvider services,
    IOptionsMonitor<CleverTapOptions> options,
    TimeProvider time,
    ILogger<CleverTapDestination> logger
) : IHostedService, IDisposable
{
    /// <summary>How long to wait before credentials are checked again that were refused or could not be checked.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> running = [];

    /// <exception cref="OptionsValidationException">CleverTap refuses the credentials of a destination whose mode is Fail.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        CancellationToken end = stopping.Token;
        List<string> required = [];
        foreach (string name in destinations.Where(destination => !destination.IsRouting).Select(destination => destination.Name))
        {
            CredentialsCheckMode mode = options.Get(name).CredentialsCheck;
            if (mode == CredentialsCheckMode.Warn)
            {
                running.Add(Task.Run(() => RepeatAsync(name, TimeSpan.Zero, end), CancellationToken.None));
            }
            else if (mode == CredentialsCheckMode.Fail)
            {
                required.Add(name);
            }
        }

        CheckResult[] results = await Task.WhenAll(required.Select(name => CheckAsync(name, cancellationToken))).ConfigureAwait(false);
        string[] refused = [.. required.Where((_, index) => results[index] == CheckResult.Refused)];
        if (refused.Length > 0)
        {
            throw new OptionsValidationException(refused[0], typeof(CleverTapOptions), refused.Select(Fault));
        }

        running.AddRange(
            required
                .Where((_, index) => results[index] == CheckResult.Unknown)
                .Select(name => Task.Run(() => RepeatAsync(name, Interval, end), CancellationToken.None))
        );
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The source stays usable: a host that is stopped from two sides may be disposed before the second stop gets here.</summary>
    public void Dispose() => stopping.Cancel();

    /// <summary>Checks until CleverTap accepts the credentials or the host stops.</summary>
    private async Task RepeatAsync(string name, TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            while (await CheckAsync(name, cancellationToken).ConfigureAwait(false) != CheckResult.Accepted)
            {
                await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task<CheckResult> CheckAsync(string name, CancellationToken cancellationToken)
    {
        CleverTapResponse response = await ConnectAsync(name, cancellationToken).ConfigureAwait(false);
        var health = services.GetRequiredKeyedService<AccountHealth>(name);
        if (response.Status == ResponseStatus.Unauthorized)
        {
            health.Responded(response.Status);
            QueueLog.TryLog(() => logger.Unauthorized(name, response.HttpStatus));
            return CheckResult.Refused;
        }

        // What the response says beyond that is not documented.
        if (response.HttpStatus is >= 200 and < 300)
        {
            health.Responded(ResponseStatus.Success);
            QueueLog.TryLog(() => logger.CredentialsAccepted(name));
            return CheckResult.Accepted;
        }

        QueueLog.TryLog(() => logger.CredentialsNotChecked(name, response.Status, response.HttpStatus, Interval));
        return CheckResult.Unknown;
    }

    /// <summary>Asks with the options as they are now: a passcode may have changed in the configuration.</summary>
    private async Task<CleverTapResponse> ConnectAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var client = services.GetRequiredKeyedService<CleverTapClient>(name);
            return await client.CheckCredentialsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Options that changed and are not valid, or a handler of the host's that cannot be made.
            return new CleverTapResponse { Status = ResponseStatus.NotConnected };
        }
    }

    private string Fault(string name)
    {
        CleverTapOptions current = options.Get(name);
        string region = string.IsNullOrEmpty(current.Region) ? "none" : current.Region;
        return $"{CleverTapOptionsValidator.Title(name)}: CleverTap refuses the account id or passcode at {CleverTapEndpoint.From(current)} "
            + $"(region {region}); check them and the region.";
    }

    private enum CheckResult
    {
        Accepted,
        Refused,
        Unknown,
    }
}
