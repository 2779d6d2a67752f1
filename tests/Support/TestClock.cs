using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace CleverTap.Rudder.Tests;

/// <summary>A fake clock that signals when a timer was created.</summary>
internal sealed class TestClock() : FakeTimeProvider(DateTimeOffset.UnixEpoch)
{
    private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> begun = new();

    /// <summary>Returns a task that completes when a timer of exactly this length was created.</summary>
    public Task WaitForTimer(TimeSpan length) =>
        begun.GetOrAdd(length, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        begun.GetOrAdd(dueTime, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return timer;
    }
}
