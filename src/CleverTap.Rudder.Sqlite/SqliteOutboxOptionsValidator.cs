using CleverTap.Rudder.Internal.Options;
using CleverTap.Rudder.Internal.Sqlite.Storage;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.Sqlite;

/// <summary>Reports every error of an outbox's options in one message.</summary>
internal sealed class SqliteOutboxOptionsValidator : IValidateOptions<SqliteOutboxOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteOutboxOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        BackgroundDeliveryOptionsValidator.CheckShared(errors, options);
        errors.Require(
            OutboxDatabase.CreateConnectionString(options) is not null,
            "Database must be the path of a file, or a connection string to one (which is what holds a =), not encrypted"
        );
        errors.Require(options.MaxBytes >= 1, $"MaxBytes must be ≥ 1 (was {options.MaxBytes})");
        CheckDeadLetters(errors, options);
        errors.Require(Enum.IsDefined(options.Durability), "Durability must be PowerLoss or ProcessCrash");
        errors.RequireTimer(nameof(options.OwnerTimeout), options.OwnerTimeout);
        return errors.Build($"CleverTap outbox '{name}'", options.ConfigurationErrors);
    }

    private static void CheckDeadLetters(ValidateOptionsResultBuilder errors, SqliteOutboxOptions options)
    {
        errors.Require(options.MaxDeadLetters >= 0, $"MaxDeadLetters must be ≥ 0 (was {options.MaxDeadLetters})");
        errors.Require(options.MaxDeadLetterBytes >= 0, $"MaxDeadLetterBytes must be ≥ 0 (was {options.MaxDeadLetterBytes})");
        errors.Require(
            options.DeadLetterRetention >= TimeSpan.Zero,
            $"DeadLetterRetention must be ≥ 0 (was {options.DeadLetterRetention})"
        );
    }
}
