using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Every error of the options in one message.</summary>
internal sealed class BackgroundDeliveryOptionsValidator : IValidateOptions<BackgroundDeliveryOptions>
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(24);

    public ValidateOptionsResult Validate(string? name, BackgroundDeliveryOptions options) =>
        Result($"CleverTap queue '{name}'", options, Errors(options));

    public static ValidateOptionsResult Result(string title, BackgroundDeliveryOptions options, IReadOnlyCollection<string> errors) =>
        errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{title}{options.ConfigurationErrors.Source}: {string.Join("; ", errors)}.");

    /// <summary>What is wrong with the options that all queues share, and with the section they come from.</summary>
    public static List<string> Errors(BackgroundDeliveryOptions options)
    {
        List<string> errors = [.. options.ConfigurationErrors];
        if (options.Capacity < 1)
        {
            errors.Add($"Capacity must be positive, not {options.Capacity}");
        }

        if (options.FlushSize < 1)
        {
            errors.Add($"FlushSize must be positive, not {options.FlushSize}");
        }

        if (options.MinAttempts < 1)
        {
            errors.Add($"MinAttempts must be ≥ 1 (was {options.MinAttempts})");
        }

        if (options.GiveUpAfter < TimeSpan.Zero)
        {
            errors.Add($"GiveUpAfter must be ≥ 0 (was {options.GiveUpAfter})");
        }

        if (options.HandlerGiveUpAfter < TimeSpan.Zero)
        {
            errors.Add($"HandlerGiveUpAfter must be ≥ 0 (was {options.HandlerGiveUpAfter})");
        }

        if (!Enum.IsDefined(options.WhenFull))
        {
            errors.Add("WhenFull must be Wait or DropNewest");
        }

        CheckTimer(errors, nameof(options.FlushInterval), options.FlushInterval);
        CheckTimer(errors, nameof(options.RetryInterval), options.RetryInterval);
        CheckTimer(errors, nameof(options.UnauthorizedPause), options.UnauthorizedPause);
        CheckTimer(errors, nameof(options.ShutdownDeadline), options.ShutdownDeadline);
        return errors;
    }

    public static void CheckTimer(List<string> errors, string option, TimeSpan value)
    {
        if (value < TimeSpan.Zero || value > LongestTimer)
        {
            errors.Add($"{option} must be 0 to {LongestTimer.Days} days, not {value}");
        }
    }
}
