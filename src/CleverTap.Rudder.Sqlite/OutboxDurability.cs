namespace CleverTap.Rudder;

/// <summary>Which failures an enqueued event survives; the <c>synchronous</c> setting of SQLite.</summary>
public enum OutboxDurability
{
    /// <summary>Survives a loss of power and a crash of the system or the process: each commit waits for the disk (<c>FULL</c>).</summary>
    PowerLoss,

    /// <summary>
    /// Survives a crash of the process. A loss of power or a crash of the system can lose the last commits (<c>NORMAL</c>).
    /// </summary>
    ProcessCrash,
}
