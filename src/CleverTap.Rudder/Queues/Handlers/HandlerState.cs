namespace CleverTap.Rudder.Internal.Queues;

/// <summary>A handler and the time since which it has failed on every event. Thread-safe.</summary>
/// <param name="registration">The handler.</param>
/// <param name="maxGap">The longest time between two failures of one series; failures further apart begin a new series.</param>
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

    /// <summary>Records a failure. Returns the length of the series of failures; null if this is the first one.</summary>
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
