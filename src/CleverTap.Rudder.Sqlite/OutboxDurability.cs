namespace CleverTap.Rudder;

/// <summary>What an event survives once it is enqueued; SQLite calls it <c>synchronous</c>.</summary>
public enum OutboxDurability
{
    /// <summary>A crash of the process, of the system, and a loss of power: each commit waits for the disk (<c>FULL</c>).</summary>
    PowerLoss,

    /// <summary>A crash of the process. What was enqueued in the last moments before a loss of power may be gone (<c>NORMAL</c>).</summary>
    ProcessCrash,
}
