namespace CleverTap.Rudder;

/// <summary>Records that go to CleverTap in one request.</summary>
internal sealed class Upload(long evidence, SuspectGroup? suspects, bool isProbe)
{
    public List<PendingRecord> Records { get; } = [];

    /// <summary>Whose records they are, and how many of each user.</summary>
    public List<SuspectPart> Parts { get; } = [];

    /// <summary>A success after this many shows that CleverTap works while the upload fails.</summary>
    public long Evidence => evidence;

    /// <summary>The suspects that are sent; null for an ordinary upload.</summary>
    public SuspectGroup? Suspects => suspects;

    /// <summary>Whether it asks if CleverTap works again.</summary>
    public bool IsProbe => isProbe;

    public int Count => Records.Count;

    /// <summary>Ends the call when nobody needs its response any more.</summary>
    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>Whether every event of it has its outcome already.</summary>
    public bool IsAbandoned => Records.TrueForAll(record => record.IsFinal);

    /// <summary>Cancels the call. What follows from it runs elsewhere: it would change the state in the midst of a change.</summary>
    public void Cancel() => _ = Cancellation.CancelAsync();
}
