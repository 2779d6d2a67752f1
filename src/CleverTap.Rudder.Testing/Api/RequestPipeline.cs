using System.Collections.Concurrent;
using System.Globalization;
using CleverTap.Rudder.Internal.Testing.Faults;
using CleverTap.Rudder.Internal.Testing.Storage;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Processes requests between a transport and the API. Thread-safe.</summary>
/// <remarks>It applies the limit of requests in flight, the faults and the latency, and records each request.</remarks>
internal sealed class RequestPipeline(CleverTapEmulatorOptions options, EmulatorApi api, EmulatorStore store)
{
    private readonly RequestsInFlight inFlight = new();
    private readonly ConcurrentQueue<FaultPlan> scriptedPlans = new();
    private volatile FaultSeries series = new(options.Faults);

    /// <summary>Gets or sets the faults. Setting them starts a new series.</summary>
    public CleverTapFaults Faults
    {
        get => series.Faults;
        set => series = new FaultSeries(CleverTapFaults.Check(value));
    }

    public int PeakInFlight => inFlight.Peak;

    /// <summary>Adds plans that are used before those of the series.</summary>
    public void Script(IEnumerable<FaultPlan> plans)
    {
        foreach (FaultPlan plan in plans)
        {
            scriptedPlans.Enqueue(plan);
        }
    }

    public void Clear()
    {
        inFlight.Clear();
        series = new FaultSeries(series.Faults);
    }

    /// <summary>Handles one request.</summary>
    /// <remarks>
    /// The request is in flight until this method returns, not until the response is sent: a sender that has received the response may send
    /// again before the transport is done, which must not exceed the limit.
    /// </remarks>
    public async Task<EmulatorResponse> HandleAsync(
        EmulatorRequest head,
        Func<CancellationToken, Task<EmulatorBody>> readBody,
        CancellationToken cancellationToken
    )
    {
        int inFlightCount = inFlight.Enter(head.Path);
        try
        {
            EmulatorBody body = await readBody(cancellationToken).ConfigureAwait(false);
            EmulatorRequest request = head with { Body = body.Bytes, Number = store.NextRequest() };
            if (body.ErrorStatus is { } status)
            {
                return Record(request, CreateUnreadable(status));
            }

            if (inFlightCount > options.MaxInFlight)
            {
                return Record(request, EmulatorResponse.TooManyRequests);
            }

            EmulatorResponse response = Handle(request, NextPlan());
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

    private FaultPlan NextPlan() => scriptedPlans.TryDequeue(out FaultPlan? plan) ? plan : series.Next();

    private EmulatorResponse Handle(EmulatorRequest request, FaultPlan plan)
    {
        request = request with { FailsRecord = plan.FailsRecord };
        EmulatorResponse response = plan.Fault switch
        {
            CleverTapFault.TooManyRequests => EmulatorResponse.TooManyRequests,
            CleverTapFault.ServerError => EmulatorResponse.Failure(500, "Internal server error"),
            CleverTapFault.Unavailable => EmulatorResponse.Failure(503, "Service unavailable") with { RetryAfter = FormatRetryAfter() },
            CleverTapFault.DroppedBefore => EmulatorResponse.Dropped,
            CleverTapFault.LostResponse => api.Handle(request) with { IsDropped = true },
            CleverTapFault.MalformedResponse => api.Handle(request).Truncate(),
            _ => plan.Status is { } status ? EmulatorResponse.Failure(status, "Scripted") : api.Handle(request),
        };
        return Record(request, response, plan.Fault);
    }

    private static EmulatorResponse CreateUnreadable(int status) =>
        EmulatorResponse.Failure(
            status,
            status switch
            {
                408 => "Request timed out",
                413 => "Request too large",
                _ => "Malformed request",
            }
        );

    /// <summary>Returns the header's value. It has no fractions and is rounded up, so that a sender does not come back too early.</summary>
    private string FormatRetryAfter()
    {
        CleverTapFaults faults = Faults;
        if (!faults.RetryAfterAsDate)
        {
            return Math.Ceiling(faults.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        var almostASecond = TimeSpan.FromTicks(TimeSpan.TicksPerSecond - 1);
        return (options.TimeProvider.GetUtcNow() + faults.RetryAfter + almostASecond).ToString("R", CultureInfo.InvariantCulture);
    }

    private EmulatorResponse Record(EmulatorRequest request, EmulatorResponse response, CleverTapFault fault = CleverTapFault.None)
    {
        store.Add(
            new ReceivedRequest
            {
                Number = request.Number,
                Method = request.Method,
                Path = request.Path,
                IsDryRun = request.IsDryRun,
                StatusCode = response.Status,
                RecordCount = response.RecordCount,
                Fault = fault,
            }
        );
        return response;
    }
}
