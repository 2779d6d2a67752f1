using Microsoft.Extensions.Options;

namespace CleverTap.Rudder;

/// <summary>Every error of the options in one message.</summary>
internal sealed class BackgroundDeliveryOptionsValidator : IValidateOptions<BackgroundDeliveryOptions>
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(24);

    public ValidateOptionsResult Validate(string? name, BackgroundDeliveryOptions options)
    {
        List<string> errors = [.. options.ConfigurationErrors];
        if (options.Capacity < 1) errors.Add($"Capacity must be positive, not {options.Capacity}");
        if (options.FlushSize < 1) errors.Add($"FlushSize must be positive, not {options.FlushSize}");
        if (!Enum.IsDefined(options.WhenFull)) errors.Add("WhenFull must be Wait or DropNewest");
        Timer(options.FlushInterval, nameof(options.FlushInterval));
        Timer(options.RetryInterval, nameof(options.RetryInterval));
        Timer(options.UnauthorizedPause, nameof(options.UnauthorizedPause));
        Timer(options.ShutdownDeadline, nameof(options.ShutdownDeadline));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"CleverTap queue '{name}': {string.Join("; ", errors)}.");

        void Timer(TimeSpan value, string option)
        {
            if (value < TimeSpan.Zero || value > LongestTimer) errors.Add($"{option} must be 0 to {LongestTimer.Days} days, not {value}");
        }
    }
}
