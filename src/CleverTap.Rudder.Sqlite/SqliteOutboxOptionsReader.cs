using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Internal.Sqlite;

/// <summary>Reads <see cref="SqliteOutboxOptions"/> from a configuration section.</summary>
internal static class SqliteOutboxOptionsReader
{
    public static void Read(SqliteOutboxOptions options, IConfiguration section)
    {
        var reader = SectionReader.Create(section, options.ConfigurationErrors);
        BackgroundDeliveryOptionsReader.ReadShared(options, reader);
        options.Database = reader.Text(nameof(options.Database), options.Database);
        options.MaxBytes = reader.Number(nameof(options.MaxBytes), options.MaxBytes);
        options.Durability = reader.Choice(nameof(options.Durability), options.Durability);
        options.OwnerTimeout = reader.Time(nameof(options.OwnerTimeout), options.OwnerTimeout);
        options.MaxDeadLetters = reader.Number(nameof(options.MaxDeadLetters), options.MaxDeadLetters);
        options.MaxDeadLetterBytes = reader.Number(nameof(options.MaxDeadLetterBytes), options.MaxDeadLetterBytes);
        options.DeadLetterRetention = reader.Time(nameof(options.DeadLetterRetention), options.DeadLetterRetention);
        reader.RejectUnknown();
    }
}
