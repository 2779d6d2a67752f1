namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>Records that are sent to CleverTap in one request.</summary>
/// <param name="baselineSuccesses">The number of successful uploads at the start.</param>
/// <param name="suspects">The group of suspects that is sent; null for other uploads.</param>
/// <param name="isProbe">Whether the upload tests if CleverTap works again.</param>
/// <param name="capacity">The expected number of users and records, so that the lists need not grow.</param>
internal sealed class Upload(long baselineSuccesses, SuspectGroup? suspects, bool isProbe, int capacity = 0)
{
    public List<PendingRecord> Records { get; } = new(capacity);

    /// <summary>The users of the records, and the number of records of each.</summary>
    public List<SuspectPart> Parts { get; } = new(capacity);

    /// <summary>
    /// The number of successful uploads at the start. A greater number shows that CleverTap works while this upload fails.
    /// </summary>
    public long BaselineSuccesses => baselineSuccesses;

    /// <summary>The group of suspects that is sent; null for other uploads.</summary>
    public SuspectGroup? Suspects => suspects;

    /// <summary>Whether the upload tests if CleverTap works again.</summary>
    public bool IsProbe => isProbe;

    public int Count => Records.Count;

    /// <summary>Cancels the call when no event needs its response any more.</summary>
    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>Whether each event of the upload has its outcome already.</summary>
    public bool IsAbandoned => Records.TrueForAll(record => record.IsFinal);

    /// <summary>
    /// Cancels the call. Its continuation runs on another thread, because the caller holds the engine's lock and enumerates the uploads.
    /// </summary>
    public void Cancel() => _ = Cancellation.CancelAsync();
}
