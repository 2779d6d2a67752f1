namespace CleverTap.Rudder.Internal.Queues;

/// <summary>A handler, and since when it has failed on every event. Thread-safe.</summary>
/// <param name="registration">The handler.</param>
/// <param name="maxGap">Failures that lie further apart than retries do are no series.</param>
/// <param name="time">The clock.</param>
internal sealed class HandlerState(HandlerRegistration registration, TimeSpan maxGap, TimeProvider time)
{
    private readonly object gate = new();
    private long? failingSince;
    private long lastFailure;

    public HandlerRegistration Registration => registration;

    public void Succeeded()
    {
        lock (gate)
        {
            failingSince = null;
        }
    }

    /// <summary>A call has failed. Returns how long the series of failures is; null if this is the first.</summary>
    public TimeSpan? Failed()
    {
        lock (gate)
        {
            bool isFirst = failingSince is null || time.GetElapsedTime(lastFailure) > maxGap;
            lastFailure = time.GetTimestamp();
            failingSince = isFirst ? lastFailure : failingSince;
            return isFirst ? null : time.GetElapsedTime(failingSince!.Value, lastFailure);
        }
    }
}
