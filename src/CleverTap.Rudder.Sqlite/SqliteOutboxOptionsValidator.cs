using Microsoft.Extensions.Options;

namespace CleverTap.Rudder;

/// <summary>Every error of the options in one message.</summary>
internal sealed class SqliteOutboxOptionsValidator : IValidateOptions<SqliteOutboxOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteOutboxOptions options)
    {
        List<string> errors = BackgroundDeliveryOptionsValidator.Errors(options);
        if (OutboxFile.ConnectionString(options) is null) errors.Add("Database must be the path of a file, or a connection string to one (which is what holds a =), not encrypted");
        if (options.MaxBytes < 1) errors.Add($"MaxBytes must be positive, not {options.MaxBytes}");
        if (options.MaxDeadLetters < 0) errors.Add($"MaxDeadLetters must not be negative, but is {options.MaxDeadLetters}");
        if (options.DeadLetterRetention < TimeSpan.Zero) errors.Add($"DeadLetterRetention must not be negative, but is {options.DeadLetterRetention}");
        if (!Enum.IsDefined(options.Durability)) errors.Add("Durability must be PowerLoss or ProcessCrash");
        BackgroundDeliveryOptionsValidator.CheckTimer(errors, nameof(options.OwnerTimeout), options.OwnerTimeout);
        return BackgroundDeliveryOptionsValidator.Result($"CleverTap outbox '{name}'", errors);
    }
}
