using System.Collections.Concurrent;
using System.Globalization;
using CleverTap.Rudder.Internal.Testing.Faults;
using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Internal.Testing.Storage;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>
/// What stands between a transport and the API: the limit of requests in flight, the faults, the latency, and the memory of
/// what was answered. Thread-safe.
/// </summary>
internal sealed class RequestPipeline(CleverTapEmulatorOptions options, EmulatorApi api, EmulatorStore store)
{
    private readonly RequestsInFlight inFlight = new();
    private readonly ConcurrentQueue<FaultPlan> script = new();
    private volatile FaultSeries series = new(options.Faults);

    /// <summary>Setting begins a new series.</summary>
    public CleverTapFaults Faults
    {
        get => series.Faults;
        set => series = new FaultSeries(CleverTapFaults.Check(value));
    }

    public int PeakInFlight => inFlight.Peak;

    /// <summary>Plans that come before those of the series.</summary>
    public void Script(IEnumerable<FaultPlan> plans)
    {
        foreach (FaultPlan plan in plans)
        {
            script.Enqueue(plan);
        }
    }

    public void Clear()
    {
        inFlight.Clear();
        series = new FaultSeries(series.Faults);
    }

    /// <summary>
    /// Answers one request. It is in flight until this returns, not until the response is sent: a sender that has the response
    /// may send again before the transport is done, and that is no request too many.
    /// </summary>
    public async Task<EmulatorResponse> HandleAsync(
        EmulatorRequest head,
        Func<CancellationToken, Task<EmulatorBody>> readBody,
        CancellationToken cancellationToken
    )
    {
        int atOnce = inFlight.Enter(head.Path);
        try
        {
            EmulatorBody body = await readBody(cancellationToken).ConfigureAwait(false);
            EmulatorRequest request = head with { Body = body.Bytes, Number = store.NextRequest() };
            if (body.ErrorStatus is { } status)
            {
                return Remember(request, Unread(status));
            }

            if (atOnce > options.MaxInFlight)
            {
                return Remember(request, EmulatorResponse.TooManyRequests);
            }

            EmulatorResponse response = Response(request, NextPlan());
            if (Faults.Latency > TimeSpan.Zero)
            {
                await Task.Delay(Faults.Latency, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }

            return response;
        }
        finally
        {
            inFlight.Leave(head.Path);
        }
    }

    private FaultPlan NextPlan() => script.TryDequeue(out FaultPlan? plan) ? plan : series.Next();

    private EmulatorResponse Response(EmulatorRequest request, FaultPlan plan)
    {
        request = request with { FailsRecord = plan.FailsRecord };
        EmulatorResponse response = plan.Fault switch
        {
            CleverTapFault.TooManyRequests => EmulatorResponse.TooManyRequests,
            CleverTapFault.ServerError => EmulatorResponse.Failure(500, "Internal server error"),
            CleverTapFault.Unavailable => EmulatorResponse.Failure(503, "Service unavailable") with { RetryAfter = RetryAfter() },
            CleverTapFault.DroppedBefore => EmulatorResponse.Dropped,
            CleverTapFault.LostResponse => api.Handle(request) with { IsDropped = true },
            CleverTapFault.MalformedResponse => api.Handle(request).Truncate(),
            _ => plan.Status is { } status ? EmulatorResponse.Failure(status, "Scripted") : api.Handle(request),
        };
        return Remember(request, response, plan.Fault);
    }

    private static EmulatorResponse Unread(int status) =>
        EmulatorResponse.Failure(
            status,
            status switch
            {
                408 => "Request timed out",
                413 => "Request too large",
                _ => "Malformed request",
            }
        );

    /// <summary>Rounded up, since the header has no fractions and nobody shall come back too early.</summary>
    private string RetryAfter()
    {
        CleverTapFaults faults = Faults;
        if (!faults.RetryAfterAsDate)
        {
            return Math.Ceiling(faults.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        var almostASecond = TimeSpan.FromTicks(TimeSpan.TicksPerSecond - 1);
        return (options.TimeProvider.GetUtcNow() + faults.RetryAfter + almostASecond).ToString("R", CultureInfo.InvariantCulture);
    }

    private EmulatorResponse Remember(EmulatorRequest request, EmulatorResponse response, CleverTapFault fault = CleverTapFault.None)
    {
        store.Add(new ReceivedRequest(request, response, fault));
        return response;
    }
}
