using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Sqlite;

public sealed class OutboxOptionsTests
{
    [Test]
    public void Every_option_binds_from_configuration()
    {
        SqliteOutboxOptions options = Read(
            ("Database", "outbox.db"),
            ("Capacity", "7"),
            ("WhenFull", "DropNewest"),
            ("FlushSize", "8"),
            ("FlushInterval", "00:00:09"),
            ("RetryInterval", "00:00:10"),
            ("UnauthorizedPause", "00:00:11"),
            ("ShutdownDeadline", "00:00:12"),
            ("MaxBytes", "5000000000"),
            ("Durability", "ProcessCrash"),
            ("OwnerTimeout", "00:00:13"),
            ("MaxDeadLetters", "14"),
            ("DeadLetterRetention", "15.00:00:00"),
            ("MaxDeadLetterBytes", "6000000000"),
            ("GiveUpAfter", "00:00:16"),
            ("MinAttempts", "17"),
            ("HandlerGiveUpAfter", "00:00:18")
        );

        var defaults = new SqliteOutboxOptions();
        foreach (System.Reflection.PropertyInfo option in typeof(SqliteOutboxOptions).GetProperties())
        {
            Assert.That(option.GetValue(options), Is.Not.EqualTo(option.GetValue(defaults)), option.Name);
        }

        Assert.That((options.MaxBytes, options.DeadLetterRetention), Is.EqualTo((5_000_000_000, TimeSpan.FromDays(15))));
    }

    [TestCase("Database", "", "Database must be")]
    [TestCase("Database", ":memory:", "Database must be")]
    [TestCase("Database", "Data Source=x;Mode=Memory", "Database must be")]
    [TestCase("Database", "file::memory:", "Database must be")]
    [TestCase("Database", "Data Source=file:x?mode=memory", "Database must be")]
    [TestCase("Database", "Data Source=x;Password=secret", "not encrypted")]
    [TestCase("Database", "Nonsense=1", "Database must be")]
    [TestCase("MaxBytes", "0", "MaxBytes must be ≥ 1 (was 0)")]
    [TestCase("Capacity", "0", "Capacity must be positive")]
    [TestCase("MaxDeadLetters", "-1", "MaxDeadLetters")]
    [TestCase("MaxDeadLetterBytes", "-1", "MaxDeadLetterBytes must be ≥ 0 (was -1)")]
    [TestCase("DeadLetterRetention", "-1.00:00:00", "DeadLetterRetention")]
    [TestCase("OwnerTimeout", "-00:00:01", "OwnerTimeout")]
    [TestCase("Durability", "Sometimes", "Durability must be")]
    [TestCase("Databse", "x", "Databse is no option")]
    public void Validation_names_a_wrong_option(string option, string value, string error) =>
        Assert.That(
            () => Read(("Database", "outbox.db"), (option, value)),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains(error)
        );

    private static SqliteOutboxOptions Read(params (string Name, string Value)[] values)
    {
        var services = new ServiceCollection();
        var configuration = new ConfigurationManager();
        foreach ((string name, string value) in values)
        {
            configuration[name] = value;
        }

        services.AddCleverTapDestination(_ => { }).AddSqliteOutbox(configuration);
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<SqliteOutboxOptions>>().Get("");
    }
}
