namespace CleverTap.Rudder.Tests.Sqlite;

/// <summary>Tests with an outbox of their own.</summary>
public abstract class OutboxFixture
{
    private protected OutboxHost Outbox { get; private set; } = null!;

    [SetUp]
    public async Task CreateOutbox() => Outbox = await OutboxHost.CreateAsync();

    [TearDown]
    public async Task RemoveOutbox() => await Outbox.DisposeAsync();
}
