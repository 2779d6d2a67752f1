using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>The checks that the validators of all options share.</summary>
internal static class OptionErrors
{
    /// <summary>The longest delay that the platform's timers accept, in whole days.</summary>
    private static readonly TimeSpan MaxTimer = TimeSpan.FromDays(24);

    /// <summary>Adds an error if a requirement is not met.</summary>
    public static void Require(this ValidateOptionsResultBuilder errors, bool isMet, string error)
    {
        if (!isMet)
        {
            errors.AddError(error);
        }
    }

    /// <summary>Requires a delay that a timer accepts: 0 to 24 days.</summary>
    public static void RequireTimer(this ValidateOptionsResultBuilder errors, string option, TimeSpan value) =>
        errors.Require(value >= TimeSpan.Zero && value <= MaxTimer, $"{option} must be 0 to {MaxTimer.Days} days, not {value}");

    /// <summary>Requires a timeout that a timer accepts: more than 0, and at most 24 days.</summary>
    public static void RequireTimeout(this ValidateOptionsResultBuilder errors, string option, TimeSpan value) =>
        errors.Require(
            value > TimeSpan.Zero && value <= MaxTimer,
            $"{option} must be positive and at most {MaxTimer.Days} days, not {value}"
        );

    /// <summary>Requires that the longer of two delays is not the smaller one, and that a timer accepts it.</summary>
    public static void RequireTimerRange(
        this ValidateOptionsResultBuilder errors,
        (string Option, TimeSpan Value) min,
        (string Option, TimeSpan Value) max
    ) =>
        errors.Require(
            max.Value >= min.Value && max.Value <= MaxTimer,
            $"{max.Option} ({max.Value}) must not be less than {min.Option} ({min.Value}) nor more than {MaxTimer.Days} days"
        );

    /// <summary>Adds the errors that were found when the options were read from configuration.</summary>
    public static void AddErrors(this ValidateOptionsResultBuilder errors, IEnumerable<string> found)
    {
        foreach (string error in found)
        {
            errors.AddError(error);
        }
    }

    /// <summary>Builds one message of all errors, which names the options and the section that they come from.</summary>
    public static ValidateOptionsResult Build(this ValidateOptionsResultBuilder errors, string title, ConfigurationErrors source)
    {
        ValidateOptionsResult result = errors.Build();
        return result.Failed
            ? ValidateOptionsResult.Fail($"{title}{source.Source}: {string.Join("; ", result.Failures)}.")
            : ValidateOptionsResult.Success;
    }
}
