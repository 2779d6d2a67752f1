using CleverTap.Rudder.Internal.Testing.Api;

namespace CleverTap.Rudder.Testing;

/// <summary>A request that came to the emulator, and what it answered. Immutable.</summary>
public sealed class ReceivedRequest
{
    internal ReceivedRequest(EmulatorRequest request, EmulatorResponse response, CleverTapFault fault)
    {
        Number = request.Number;
        Method = request.Method;
        Path = request.Path;
        IsDryRun = request.IsDryRun;
        StatusCode = response.Status;
        RecordCount = response.RecordCount;
        Fault = fault;
    }

    /// <summary>Its place in the order of arrival, counted from 1 since the start or <see cref="CleverTapEmulator.Clear"/>.</summary>
    public long Number { get; }

    /// <summary>The HTTP method, such as <c>POST</c>.</summary>
    public string Method { get; }

    /// <summary>The path without the query, such as <c>/1/upload</c>.</summary>
    public string Path { get; }

    /// <summary>Whether the query asked for checks only (<c>dryRun=1</c>).</summary>
    public bool IsDryRun { get; }

    /// <summary>
    /// The HTTP status of the response, lost ones too; 0 where the connection was dropped before the request was looked at. 200
    /// says nothing of the records: see <see cref="CleverTapEmulator.Rejected"/>.
    /// </summary>
    public int StatusCode { get; }

    /// <summary>How many records, users or addresses it held, taken and rejected ones; 0 where the body was not read.</summary>
    public int RecordCount { get; }

    /// <summary>The fault that it met.</summary>
    public CleverTapFault Fault { get; }
}
