using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests;

/// <summary>A clock that the test turns, and that tells when somebody has begun to wait.</summary>
internal sealed class TestClock() : FakeTimeProvider(DateTimeOffset.UnixEpoch)
{
    private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> begun = new();

    /// <summary>Ends when a wait of exactly this length has begun.</summary>
    public Task WaitForTimer(TimeSpan length) =>
        begun.GetOrAdd(length, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        begun.GetOrAdd(dueTime, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return timer;
    }
}
