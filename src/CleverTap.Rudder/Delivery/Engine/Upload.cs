namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>Records that go to CleverTap in one request.</summary>
internal sealed class Upload(long evidence, SuspectGroup? suspects, bool isProbe)
{
    public List<PendingRecord> Records { get; } = [];

    /// <summary>Whose records they are, and how many of each user.</summary>
    public List<SuspectPart> Parts { get; } = [];

    /// <summary>A success after this many shows that CleverTap works while the upload fails.</summary>
    public long BaselineSuccesses => evidence;

    /// <summary>The suspects that are sent; null for an ordinary upload.</summary>
    public SuspectGroup? Suspects => suspects;

    /// <summary>Whether it asks if CleverTap works again.</summary>
    public bool IsProbe => isProbe;

    public int Count => Records.Count;

    /// <summary>Ends the call when no event needs its response any more.</summary>
    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>Whether every event of it has its outcome already.</summary>
    public bool IsAbandoned => Records.TrueForAll(record => record.IsFinal);

    /// <summary>
    /// Ends the call. What follows from its end runs on another thread: the caller holds the engine's lock and walks its uploads.
    /// </summary>
    public void Cancel() => _ = Cancellation.CancelAsync();
}
