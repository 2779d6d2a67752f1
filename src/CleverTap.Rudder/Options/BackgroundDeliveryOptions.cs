using CleverTap.Rudder.Internal.Delivery;
using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder;

/// <summary>How the background queue of a destination works. Binds from configuration; validated when the host starts.</summary>
public class BackgroundDeliveryOptions
{
    /// <summary>How many events the queue may hold until they have their outcome, those in flight included. Default 10,000.</summary>
    public int Capacity { get; set; } = 10_000;

    /// <summary>What happens to an event for which there is no room. Default <see cref="QueueFullMode.Wait"/>.</summary>
    public QueueFullMode WhenFull { get; set; }

    /// <summary>How many waiting events start a delivery at once. Default 1000.</summary>
    public int FlushSize { get; set; } = 1000;

    /// <summary>How long an event waits for others at the most before a delivery starts. Default 1 second.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a single event that CleverTap fails to store while it stores others is tried, counted from its first failure. Then it
    /// is Undelivered, and the user's later events go on. Default 3 hours, as rudder-server has it.
    /// </summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(3);

    /// <summary>How often such an event is tried at least before it is given up. Default 3.</summary>
    public int MinAttempts { get; set; } = 3;

    /// <summary>
    /// How long a handler of outcomes or dead letters that fails is called again for an event. Then the event is given up for that handler,
    /// logged and counted; zero gives it up at once. A handler that has failed for so long on every event is called once for each event
    /// until it succeeds. Default 10 minutes.
    /// </summary>
    public TimeSpan HandlerGiveUpAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait before a store, or a topic of dead letters, that failed is used again. Default 5 seconds.</summary>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait after CleverTap has refused the credentials. The events are kept. Default 1 minute.</summary>
    public TimeSpan UnauthorizedPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long delivery may go on when the host stops. Refused credentials, or brokers that are away, end it at once. What is left
    /// then goes to the dead-letter handlers of a queue in
    /// memory, and stays in an outbox or a topic. Outcome handlers are waited for as long as the host waits. Keep it below the
    /// host's own shutdown timeout (30 seconds unless set). Default 20 seconds.
    /// </summary>
    public TimeSpan ShutdownDeadline { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>What was wrong with the configuration section that these come from.</summary>
    internal ConfigurationErrors ConfigurationErrors { get; } = [];
}
