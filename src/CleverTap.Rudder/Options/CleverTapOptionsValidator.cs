using CleverTap.Rudder.Internal.Hosting;
using CleverTap.Rudder.Internal.Mapping;
using CleverTap.Rudder.Internal.Records;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Every error of the options in one message. It never quotes the passcode.</summary>
internal sealed class CleverTapOptionsValidator : IValidateOptions<CleverTapOptions>
{
    /// <summary>Timers do not go further.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(24);

    public ValidateOptionsResult Validate(string? name, CleverTapOptions options)
    {
        List<string> errors = [.. options.ConfigurationErrors];
        Require(!string.IsNullOrWhiteSpace(options.AccountId), "AccountId is missing");
        Require(!string.IsNullOrWhiteSpace(options.Passcode), "Passcode is missing");
        Require(IsHeaderValue(options.AccountId), "AccountId holds characters that no HTTP header can carry");
        Require(IsHeaderValue(options.Passcode), "Passcode holds characters that no HTTP header can carry");
        Require(CleverTapEndpoint.RegionFault(options.Region) is null, CleverTapEndpoint.RegionFault(options.Region) ?? "");
        Require(options.Endpoint is null || options.Endpoint.IsAbsoluteUri, "Endpoint must be an absolute address");
        Require(
            options.Endpoint is not { IsAbsoluteUri: true } || options.AllowInsecureEndpoint || IsSafe(options.Endpoint),
            "Endpoint must be https, unless it is a loopback address or AllowInsecureEndpoint is on"
        );
        Require(
            options.Endpoint is not { IsAbsoluteUri: true }
                || (options.Endpoint.UserInfo.Length == 0 && options.Endpoint.Query.Length == 0 && options.Endpoint.Fragment.Length == 0),
            "Endpoint must be an address without user, query or fragment"
        );
        Require(options.Mapping is not null, "Mapping is missing");
        errors.AddRange(MappingRulesValidator.Validate(options.Mapping ?? MappingOptions.Default).Select(error => $"Mapping:{error}"));
        Require(
            options.Timeout > TimeSpan.Zero && options.Timeout <= LongestTimer,
            $"Timeout must be positive and at most {LongestTimer.Days} days, not {options.Timeout}"
        );
        Require(
            options.ConnectTimeout > TimeSpan.Zero && options.ConnectTimeout <= LongestTimer,
            $"ConnectTimeout must be positive and at most {LongestTimer.Days} days, not {options.ConnectTimeout}"
        );
        Require(
            options.DeduplicationWindow is { Count: >= 0 } && options.DeduplicationWindow.Time >= TimeSpan.Zero,
            "DeduplicationWindow must not be negative"
        );
        Require(
            options.Deadline > TimeSpan.Zero && options.Deadline <= LongestTimer,
            $"Deadline must be positive and at most {LongestTimer.Days} days, not {options.Deadline}"
        );
        Require(
            options.MaxInFlight is >= 1 and <= CleverTapRules.RequestsInFlight,
            $"MaxInFlight must be 1 to {CleverTapRules.RequestsInFlight}, not {options.MaxInFlight}"
        );
        Require(options.MaxAttempts >= 1, $"MaxAttempts must be positive, not {options.MaxAttempts}");
        Require(options.RetryBaseDelay >= TimeSpan.Zero, $"RetryBaseDelay must not be negative, as {options.RetryBaseDelay} is");
        Require(
            options.RetryMaxDelay >= options.RetryBaseDelay && options.RetryMaxDelay <= LongestTimer,
            $"RetryMaxDelay ({options.RetryMaxDelay}) must not be less than RetryBaseDelay ({options.RetryBaseDelay}) nor more than {LongestTimer.Days} days"
        );
        Require(
            options.MaxRetryAfter >= TimeSpan.Zero && options.MaxRetryAfter <= LongestTimer,
            $"MaxRetryAfter must be 0 to {LongestTimer.Days} days, not {options.MaxRetryAfter}"
        );
        Require(Enum.IsDefined(options.LostResponses), "LostResponses must be Resend or Report");
        Require(Enum.IsDefined(options.CredentialsCheck), "CredentialsCheck must be Warn, Fail or Off");
        Require(options.MaxResponseBytes > 0, $"MaxResponseBytes must be positive, not {options.MaxResponseBytes}");
        Require(
            options.MaxBatchRecords is >= 1 and <= CleverTapOptions.RecordsPerUpload,
            $"MaxBatchRecords must be 1 to {CleverTapOptions.RecordsPerUpload}, not {options.MaxBatchRecords}"
        );
        Require(options.MaxBatchBytes > 0, $"MaxBatchBytes must be positive, not {options.MaxBatchBytes}");

        if (errors.Count == 0)
        {
            return ValidateOptionsResult.Success;
        }

        return ValidateOptionsResult.Fail($"{Title(name)}{options.ConfigurationErrors.Source}: {string.Join("; ", errors)}.");

        void Require(bool met, string error)
        {
            if (!met)
            {
                errors.Add(error);
            }
        }
    }

    /// <summary>What the errors are of.</summary>
    public static string Title(string? name) => string.IsNullOrEmpty(name) ? "CleverTap destination" : $"CleverTap destination '{name}'";

    private static bool IsSafe(Uri endpoint) =>
        endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback);

    /// <summary>What is wrong with credentials that come with a request; null where nothing is. It quotes neither.</summary>
    public static string? HeaderFault(string? accountId, string? passcode) =>
        IsHeaderValue(accountId) && IsHeaderValue(passcode)
            ? null
            : "The account id or passcode holds characters that no HTTP header can carry";

    private static bool IsHeaderValue(string? value) => value is null || value.All(character => character is >= ' ' and < '\x7F');
}
