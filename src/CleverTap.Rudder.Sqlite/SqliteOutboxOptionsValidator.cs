using CleverTap.Rudder.Internal.Options;
using CleverTap.Rudder.Internal.Sqlite.Storage;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Sqlite;

/// <summary>Every error of the options in one message.</summary>
internal sealed class SqliteOutboxOptionsValidator : IValidateOptions<SqliteOutboxOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteOutboxOptions options)
    {
        List<string> errors = BackgroundDeliveryOptionsValidator.Errors(options);
        if (OutboxDatabase.CreateConnectionString(options) is null)
        {
            errors.Add("Database must be the path of a file, or a connection string to one (which is what holds a =), not encrypted");
        }

        Check(errors, options.MaxBytes >= 1, $"MaxBytes must be ≥ 1 (was {options.MaxBytes})");
        Check(errors, options.MaxDeadLetters >= 0, $"MaxDeadLetters must be ≥ 0 (was {options.MaxDeadLetters})");
        Check(errors, options.MaxDeadLetterBytes >= 0, $"MaxDeadLetterBytes must be ≥ 0 (was {options.MaxDeadLetterBytes})");
        Check(errors, options.DeadLetterRetention >= TimeSpan.Zero, $"DeadLetterRetention must be ≥ 0 (was {options.DeadLetterRetention})");
        Check(errors, Enum.IsDefined(options.Durability), "Durability must be PowerLoss or ProcessCrash");
        BackgroundDeliveryOptionsValidator.CheckTimer(errors, nameof(options.OwnerTimeout), options.OwnerTimeout);
        return BackgroundDeliveryOptionsValidator.Result($"CleverTap outbox '{name}'", options, errors);
    }

    private static void Check(List<string> errors, bool isValid, string error)
    {
        if (!isValid)
        {
            errors.Add(error);
        }
    }
}
