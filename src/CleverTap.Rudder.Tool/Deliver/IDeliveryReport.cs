namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>Reports the outcomes of a run as they are known, and sums them up.</summary>
internal interface IDeliveryReport : IDisposable
{
    /// <summary>Called once, when the delivery can begin.</summary>
    void Start();

    void Add(LineOutcome outcome);

    /// <summary>Called after the last outcome.</summary>
    /// <param name="summary">What the run did.</param>
    void Finish(DeliverySummary summary);

    /// <summary>Shows what was reported so far.</summary>
    void Flush();
}
