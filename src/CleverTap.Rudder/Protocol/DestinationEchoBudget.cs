using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Limits how many bytes of a router response repeat the destinations of its request.</summary>
/// <remarks>
/// A compacted request contains a destination once for all its jobs, so a small request could otherwise ask for a response a thousand
/// times as large. A request whose jobs contain their own destinations never reaches the limit. Not thread-safe.
/// </remarks>
/// <param name="requestBytes">The size of the request in bytes.</param>
internal sealed class DestinationEchoBudget(int requestBytes)
{
    private const long FreeBytes = 16 * 1024 * 1024;

    /// <summary>A job can cause two echoes: the destination of a batch and the destination of an error.</summary>
    private const long EchoesPerJob = 2;

    private const int MaxIdBytes = 256;

    private long remainingBytes = FreeBytes + (EchoesPerJob * requestBytes);

    /// <summary>Reserves the bytes of one echo. Returns false if they exceed the budget.</summary>
    public bool TryReserve(JsonSlice destination)
    {
        int bytes = JobItem.Echo(destination).Length;
        if (bytes > remainingBytes)
        {
            return false;
        }

        remainingBytes -= bytes;
        return true;
    }

    /// <summary>Writes the destination of an error: unchanged, or only its id if the echo exceeds the budget.</summary>
    public void Write(Utf8JsonWriter writer, JsonSlice destination)
    {
        if (TryReserve(destination))
        {
            writer.WriteVerbatim("destination"u8, JobItem.Echo(destination));
            return;
        }

        writer.WriteStartObject("destination"u8);
        if (destination.Member("ID"u8) is { Kind: JsonValueKind.String, Span.Length: <= MaxIdBytes } id)
        {
            writer.WriteVerbatim("ID"u8, id.Span);
        }

        writer.WriteEndObject();
    }
}
