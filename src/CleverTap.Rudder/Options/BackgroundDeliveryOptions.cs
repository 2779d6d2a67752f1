using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder;

/// <summary>The options of a destination's queue.</summary>
/// <remarks>The options bind from configuration. They are validated when the host starts.</remarks>
public class BackgroundDeliveryOptions
{
    /// <summary>
    /// Gets or sets the maximum number of events that the queue holds until they have their outcome, including those in flight.
    /// </summary>
    /// <value>Default 10,000; at least 1.</value>
    public int Capacity { get; set; } = 10_000;

    /// <summary>Gets or sets what happens to an event if the queue is full.</summary>
    /// <value>Default <see cref="QueueFullMode.Wait"/>.</value>
    public QueueFullMode WhenFull { get; set; }

    /// <summary>Gets or sets the number of pending events that starts a delivery at once.</summary>
    /// <value>Default 1000; at least 1.</value>
    public int FlushSize { get; set; } = 1000;

    /// <summary>Gets or sets the longest time that an event waits for other events before a delivery starts.</summary>
    /// <value>Default 1 second; 0 to 24 days.</value>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a single event that CleverTap fails to store, while it stores others, is retried after its first failure.
    /// </summary>
    /// <remarks>
    /// Then the event is Undelivered, and the delivery of the user's later events continues. After 8 attempts with the usual waits, a
    /// thirtieth of this time passes before each further one, so that the number of attempts is bounded. A flush attempts at once.
    /// </remarks>
    /// <value>Default 3 hours, as in rudder-server; at least 0.</value>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(3);

    /// <summary>Gets or sets the minimum number of attempts for such an event before it is given up.</summary>
    /// <value>Default 3; at least 1.</value>
    public int MinAttempts { get; set; } = 3;

    /// <summary>How long a handler of outcomes or dead letters that fails is called again for the same event.</summary>
    /// <remarks>
    /// Then the event is given up for that handler, logged and counted. A handler that has failed for so long on every event is called once
    /// for each event until it succeeds.
    /// </remarks>
    /// <value>Default 10 minutes; at least 0. Zero gives the event up after the first failure.</value>
    public TimeSpan HandlerGiveUpAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The delay before a store or a dead-letter topic that failed is used again.</summary>
    /// <value>Default 5 seconds; 0 to 24 days.</value>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The pause after CleverTap has refused the credentials. The events are kept.</summary>
    /// <value>Default 1 minute; 0 to 24 days.</value>
    public TimeSpan UnauthorizedPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long delivery may continue when the host stops.</summary>
    /// <remarks>
    /// No upload starts in the last quarter of this time, so that CleverTap can still respond to those in flight. An upload without a
    /// response at the deadline is cancelled: its events may have been stored, and an outbox or a topic sends them again. Refused
    /// credentials and unreachable brokers end delivery at once. The events that remain go to the dead-letter handlers of a queue
    /// in memory, and stay in an outbox or a topic. Outcome handlers may run until the host's own shutdown timeout (30 seconds unless
    /// set): keep this deadline below it.
    /// </remarks>
    /// <value>Default 20 seconds; 0 to 24 days.</value>
    public TimeSpan ShutdownDeadline { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The errors of the configuration section that the options were read from.</summary>
    internal ConfigurationErrors ConfigurationErrors { get; } = [];
}
