namespace CleverTap.Rudder.Tests.Kafka;

/// <summary>Gives each test its own brokers and emulator.</summary>
public abstract class KafkaFixture
{
    private protected KafkaSession Session { get; private set; } = null!;

    [SetUp]
    public async Task StartSession() => Session = await KafkaSession.StartAsync();

    /// <summary>Ends the session, which is null if its start failed.</summary>
    [TearDown]
    public async Task EndSession()
    {
        if (Session is not null)
        {
            await Session.DisposeAsync();
        }
    }
}
