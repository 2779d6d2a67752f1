using System.Buffers;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>A writer that keeps nothing, for tests that measure what the library allocates.</summary>
internal sealed class DiscardingWriter : IBufferWriter<byte>
{
    private static readonly byte[] Room = new byte[64 * 1024 * 1024];

    public void Advance(int count) { }

    public Memory<byte> GetMemory(int sizeHint = 0) => Room;

    public Span<byte> GetSpan(int sizeHint = 0) => Room;
}
