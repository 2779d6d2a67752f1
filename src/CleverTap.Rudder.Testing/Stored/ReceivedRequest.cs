namespace CleverTap.Rudder.Testing;

/// <summary>A request that the emulator received, and its response. Immutable.</summary>
public sealed class ReceivedRequest
{
    internal ReceivedRequest() { }

    /// <summary>Gets the number of the request in the order of arrival.</summary>
    /// <value>Counted from 1 since the start or <see cref="CleverTapEmulator.Clear"/>.</value>
    public long Number { get; internal init; }

    /// <summary>Gets the HTTP method, such as <c>POST</c>.</summary>
    public string Method { get; internal init; } = "";

    /// <summary>Gets the path without the query, such as <c>/1/upload</c>.</summary>
    public string Path { get; internal init; } = "";

    /// <summary>Gets whether the request was a dry run (<c>dryRun=1</c>), which stores nothing.</summary>
    public bool IsDryRun { get; internal init; }

    /// <summary>Gets the HTTP status of the response, even if it was lost; 0 if the connection was dropped before processing.</summary>
    /// <remarks>200 does not mean that all records were accepted: see <see cref="CleverTapEmulator.Rejected"/>.</remarks>
    public int StatusCode { get; internal init; }

    /// <summary>Gets the number of records, users or addresses, both accepted and rejected; 0 if the body was not read.</summary>
    /// <remarks>For a read, it is the number of profiles or events in the response.</remarks>
    public int RecordCount { get; internal init; }

    /// <summary>Gets the fault of the request.</summary>
    public CleverTapFault Fault { get; internal init; }
}
