namespace CleverTap.Rudder.Tests.Sqlite;

/// <summary>Gives each test its own outbox.</summary>
public abstract class OutboxFixture
{
    private protected OutboxHost Outbox { get; private set; } = null!;

    [SetUp]
    public async Task CreateOutbox() => Outbox = await OutboxHost.CreateAsync();

    [TearDown]
    public async Task RemoveOutbox() => await Outbox.DisposeAsync();
}
