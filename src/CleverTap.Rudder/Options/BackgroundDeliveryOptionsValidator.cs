using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Reports every error of a queue's options in one message.</summary>
internal sealed class BackgroundDeliveryOptionsValidator : IValidateOptions<BackgroundDeliveryOptions>
{
    public ValidateOptionsResult Validate(string? name, BackgroundDeliveryOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        CheckShared(errors, options);
        return errors.Build($"CleverTap queue '{name}'", options.ConfigurationErrors);
    }

    /// <summary>Checks the options that all kinds of queues share, and adds the errors of their configuration section.</summary>
    public static void CheckShared(ValidateOptionsResultBuilder errors, BackgroundDeliveryOptions options)
    {
        errors.AddErrors(options.ConfigurationErrors);
        CheckSizes(errors, options);
        CheckGivingUp(errors, options);
        errors.Require(Enum.IsDefined(options.WhenFull), "WhenFull must be Wait or DropNewest");
        CheckTimers(errors, options);
    }

    private static void CheckSizes(ValidateOptionsResultBuilder errors, BackgroundDeliveryOptions options)
    {
        errors.Require(options.Capacity >= 1, $"Capacity must be positive, not {options.Capacity}");
        errors.Require(options.FlushSize >= 1, $"FlushSize must be positive, not {options.FlushSize}");
    }

    private static void CheckGivingUp(ValidateOptionsResultBuilder errors, BackgroundDeliveryOptions options)
    {
        errors.Require(options.MinAttempts >= 1, $"MinAttempts must be ≥ 1 (was {options.MinAttempts})");
        errors.Require(options.GiveUpAfter >= TimeSpan.Zero, $"GiveUpAfter must be ≥ 0 (was {options.GiveUpAfter})");
        errors.Require(options.HandlerGiveUpAfter >= TimeSpan.Zero, $"HandlerGiveUpAfter must be ≥ 0 (was {options.HandlerGiveUpAfter})");
    }

    private static void CheckTimers(ValidateOptionsResultBuilder errors, BackgroundDeliveryOptions options)
    {
        errors.RequireTimer(nameof(options.FlushInterval), options.FlushInterval);
        errors.RequireTimer(nameof(options.RetryInterval), options.RetryInterval);
        errors.RequireTimer(nameof(options.UnauthorizedPause), options.UnauthorizedPause);
        errors.RequireTimer(nameof(options.ShutdownDeadline), options.ShutdownDeadline);
    }
}
