namespace CleverTap.Rudder.Testing;

/// <summary>A request that the emulator answered. Immutable.</summary>
public sealed class AnsweredRequest
{
    internal AnsweredRequest(EmulatorRequest request, EmulatorAnswer answer)
    {
        Method = request.Method;
        Path = request.Path;
        IsDryRun = request.IsDryRun;
        StatusCode = answer.Status;
        RecordCount = answer.RecordCount;
    }

    /// <summary>The HTTP method, such as <c>POST</c>.</summary>
    public string Method { get; }

    /// <summary>The path without the query, such as <c>/1/upload</c>.</summary>
    public string Path { get; }

    /// <summary>Whether the query asked for checks only (<c>dryRun=1</c>).</summary>
    public bool IsDryRun { get; }

    /// <summary>The HTTP status of the answer. 200 says nothing of the records: see <see cref="CleverTapEmulator.Refused"/>.</summary>
    public int StatusCode { get; }

    /// <summary>How many records the upload held, taken and refused ones; 0 where the body could not be read.</summary>
    public int RecordCount { get; }
}
