using CleverTap.Rudder.Internal.Records;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Reports every error of a destination's options in one message. The message never quotes the passcode.</summary>
internal sealed class CleverTapOptionsValidator : IValidateOptions<CleverTapOptions>
{
    public ValidateOptionsResult Validate(string? name, CleverTapOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        errors.AddErrors(options.ConfigurationErrors);
        CheckAccount(errors, options);
        EndpointRules.CheckRegion(errors, options.Region);
        EndpointRules.CheckEndpoint(errors, options.Endpoint, options.AllowInsecureEndpoint);
        EndpointRules.CheckMapping(errors, options.Mapping);
        EndpointRules.CheckTimeouts(errors, options.Timeout, options.ConnectTimeout);
        CheckDelivery(errors, options);
        CheckRetry(errors, options);
        CheckChoices(errors, options);
        EndpointRules.CheckMaxResponseBytes(errors, options.MaxResponseBytes);
        CheckBatch(errors, options);
        return errors.Build(TitleOf(name), options.ConfigurationErrors);
    }

    /// <summary>Returns how messages name a destination.</summary>
    public static string TitleOf(string? name) => string.IsNullOrEmpty(name) ? "CleverTap destination" : $"CleverTap destination '{name}'";

    private static void CheckAccount(ValidateOptionsResultBuilder errors, CleverTapOptions options)
    {
        errors.Require(!string.IsNullOrWhiteSpace(options.AccountId), "AccountId is missing");
        errors.Require(!string.IsNullOrWhiteSpace(options.Passcode), "Passcode is missing");
        errors.Require(EndpointRules.IsHeaderValue(options.AccountId), "AccountId holds characters that no HTTP header can carry");
        errors.Require(EndpointRules.IsHeaderValue(options.Passcode), "Passcode holds characters that no HTTP header can carry");
    }

    private static void CheckDelivery(ValidateOptionsResultBuilder errors, CleverTapOptions options)
    {
        errors.Require(
            options.DeduplicationWindow is { Count: >= 0 } && options.DeduplicationWindow.Time >= TimeSpan.Zero,
            "DeduplicationWindow must not be negative"
        );
        errors.Require(
            options.DeduplicationWindow is { IsOn: true } or { Count: <= 0, Time.Ticks: <= 0 },
            "DeduplicationWindow needs both Count and Time"
        );
        errors.RequireTimeout(nameof(options.Deadline), options.Deadline);
        errors.Require(
            options.MaxInFlight is >= 1 and <= CleverTapRules.RequestsInFlight,
            $"MaxInFlight must be 1 to {CleverTapRules.RequestsInFlight}, not {options.MaxInFlight}"
        );
        errors.Require(options.MaxAttempts >= 1, $"MaxAttempts must be positive, not {options.MaxAttempts}");
    }

    private static void CheckRetry(ValidateOptionsResultBuilder errors, CleverTapOptions options)
    {
        errors.Require(options.RetryBaseDelay >= TimeSpan.Zero, $"RetryBaseDelay must be ≥ 0 (was {options.RetryBaseDelay})");
        errors.RequireTimerRange(
            (nameof(options.RetryBaseDelay), options.RetryBaseDelay),
            (nameof(options.RetryMaxDelay), options.RetryMaxDelay)
        );
        errors.RequireTimer(nameof(options.MaxRetryAfter), options.MaxRetryAfter);
    }

    private static void CheckChoices(ValidateOptionsResultBuilder errors, CleverTapOptions options)
    {
        errors.Require(Enum.IsDefined(options.LostResponses), "LostResponses must be Resend or Report");
        errors.Require(Enum.IsDefined(options.CredentialsCheck), "CredentialsCheck must be Warn, Fail or Off");
    }

    private static void CheckBatch(ValidateOptionsResultBuilder errors, CleverTapOptions options)
    {
        errors.Require(
            options.MaxBatchRecords is >= 1 and <= CleverTapOptions.RecordsPerUpload,
            $"MaxBatchRecords must be 1 to {CleverTapOptions.RecordsPerUpload}, not {options.MaxBatchRecords}"
        );
        errors.Require(options.MaxBatchBytes > 0, $"MaxBatchBytes must be positive, not {options.MaxBatchBytes}");
    }
}
