using System.Buffers;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>
/// Bounds how often the router's response repeats the destinations of its request. A compacted request names a destination once for all
/// its jobs, so that a small request could otherwise ask for a response a thousand times as large. A request whose jobs have their own
/// destinations never reaches the limit. Not thread-safe.
/// </summary>
/// <param name="requestBytes">The size of the request.</param>
internal sealed class DestinationEchoBudget(int requestBytes)
{
    private const long FreeBytes = 16 * 1024 * 1024;

    /// <summary>An item with the destination of a batch, and one with that of an error.</summary>
    private const long EchoesPerJob = 2;

    private const int LongestId = 256;

    private long left = FreeBytes + (EchoesPerJob * requestBytes);

    /// <summary>Takes one repetition of a destination from what is left. False if it does not fit.</summary>
    public bool TryReserve(JsonSlice destination)
    {
        int bytes = ProcessorResponse.Echo(destination).Length;
        if (bytes > left)
        {
            return false;
        }

        left -= bytes;
        return true;
    }

    /// <summary>Writes the destination of an error: as the request has it, or with no more than its id if it does not fit.</summary>
    public void Write(IBufferWriter<byte> output, JsonSlice destination)
    {
        if (TryReserve(destination))
        {
            output.Write(ProcessorResponse.Echo(destination));
            return;
        }

        output.Write("{"u8);
        if (destination.Member("ID"u8) is { Kind: JsonValueKind.String, Span.Length: <= LongestId } id)
        {
            output.Write("\"ID\":"u8);
            output.Write(id.Span);
        }

        output.Write("}"u8);
    }
}
