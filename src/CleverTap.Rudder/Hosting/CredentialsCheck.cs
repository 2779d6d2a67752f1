using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Options;
using CleverTap.Rudder.Internal.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Checks the credentials of each destination with CleverTap when the host starts.</summary>
/// <remarks>Only refused credentials can make the host's start fail. If CleverTap does not respond, the host starts.</remarks>
internal sealed class CredentialsCheck(
    IEnumerable<DestinationRegistration> destinations,
    IServiceProvider services,
    IOptionsMonitor<CleverTapOptions> options,
    TimeProvider time,
    ILogger<CleverTapDestination> logger
) : IHostedService, IDisposable
{
    /// <summary>The delay before credentials that were refused, or that could not be checked, are checked again.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> running = [];

    /// <exception cref="OptionsValidationException">CleverTap refuses the credentials of a destination whose mode is Fail.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (string name in NamesWith(CredentialsCheckMode.Warn))
        {
            StartRepeating(name, TimeSpan.Zero);
        }

        string[] required = [.. NamesWith(CredentialsCheckMode.Fail)];
        CheckResult[] results = await Task.WhenAll(required.Select(name => CheckAsync(name, cancellationToken))).ConfigureAwait(false);
        string[] refused = [.. required.Where((_, index) => results[index] == CheckResult.Refused)];
        if (refused.Length > 0)
        {
            throw new OptionsValidationException(refused[0], typeof(CleverTapOptions), refused.Select(RefusedError));
        }

        foreach (string name in required.Where((_, index) => results[index] == CheckResult.Unknown))
        {
            StartRepeating(name, Interval);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Does not dispose the source: a host that is stopped twice may be disposed before its second stop runs.</summary>
    public void Dispose() => stopping.Cancel();

    private IEnumerable<string> NamesWith(CredentialsCheckMode mode) =>
        destinations
            .Where(destination => !destination.IsRouting && options.Get(destination.Name).CredentialsCheck == mode)
            .Select(destination => destination.Name);

    private void StartRepeating(string name, TimeSpan delay)
    {
        CancellationToken end = stopping.Token;
        running.Add(Task.Run(() => RepeatAsync(name, delay, end), CancellationToken.None));
    }

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

        // The rest of the response is not documented.
        if (response.HttpStatus is >= 200 and < 300)
        {
            health.Responded(ResponseStatus.Success);
            QueueLog.TryLog(() => logger.CredentialsAccepted(name));
            return CheckResult.Accepted;
        }

        QueueLog.TryLog(() => LogNotChecked(name, response));
        return CheckResult.Unknown;
    }

    private void LogNotChecked(string name, CleverTapResponse response)
    {
        if (response.HttpStatus is null)
        {
            logger.CredentialsNotCheckedWithoutResponse(name, response.Status, Interval);
        }
        else
        {
            logger.CredentialsNotChecked(name, response.Status, response.HttpStatus, Interval);
        }
    }

    /// <summary>Sends the request with the current options, because a passcode may have changed in the configuration.</summary>
    private async Task<CleverTapResponse> ConnectAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var client = services.GetRequiredKeyedService<CleverTapClient>(name);
            return await client.CheckCredentialsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The options changed and are not valid, or a handler of the host cannot be created.
            return new CleverTapResponse { Status = ResponseStatus.NotConnected };
        }
    }

    private string RefusedError(string name)
    {
        CleverTapOptions current = options.Get(name);
        string region = string.IsNullOrEmpty(current.Region) ? "none" : current.Region;
        return $"{CleverTapOptionsValidator.TitleOf(name)}: CleverTap refuses the account id or passcode "
            + $"at {CleverTapEndpoint.From(current)} (region {region}); check them and the region.";
    }

    private enum CheckResult
    {
        Accepted,
        Refused,
        Unknown,
    }
}
