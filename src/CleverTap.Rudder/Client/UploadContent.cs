using System.Buffers;

namespace CleverTap.Rudder.Internal.Client;

/// <summary>
/// The body of an upload, <c>{"d":[…]}</c>, joined from the records' bytes in a pooled buffer when it is sent: in one piece up to
/// the usual size of an upload, in several if it is larger.
/// </summary>
internal sealed class UploadContent : RequestContent
{
    private const int LargestPiece = CleverTapOptions.DefaultMaxBatchBytes;

    private readonly IReadOnlyList<CleverTapRecord> records;
    private readonly int length;

    public UploadContent(IReadOnlyList<CleverTapRecord> records)
    {
        this.records = records;
        int bytes = 0;
        for (int index = 0; index < records.Count; index++)
        {
            bytes += records[index].Utf8Json.Length;
        }

        length = LengthOf(records.Count, bytes);
    }

    /// <summary>The size of a body in bytes.</summary>
    /// <param name="records">How many records it holds.</param>
    /// <param name="recordBytes">How large they are together.</param>
    public static int LengthOf(int records, int recordBytes) => """{"d":[]}""".Length + recordBytes + Math.Max(0, records - 1);

    protected override async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(length, LargestPiece));
        try
        {
            int used = Append(buffer, 0, """{"d":["""u8);
            for (int index = 0; index < records.Count; index++)
            {
                ReadOnlyMemory<byte> record = records[index].Utf8Json;
                if (used + record.Length + ",]}".Length > buffer.Length)
                {
                    await stream.WriteAsync(buffer.AsMemory(0, used), cancellationToken).ConfigureAwait(false);
                    used = 0;
                }

                if (index > 0)
                {
                    buffer[used++] = (byte)',';
                }

                if (record.Length > buffer.Length - ",]}".Length)
                {
                    await stream.WriteAsync(buffer.AsMemory(0, used), cancellationToken).ConfigureAwait(false);
                    await stream.WriteAsync(record, cancellationToken).ConfigureAwait(false);
                    used = 0;
                }
                else
                {
                    used = Append(buffer, used, record.Span);
                }
            }

            used = Append(buffer, used, "]}"u8);
            await stream.WriteAsync(buffer.AsMemory(0, used), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = this.length;
        return true;
    }

    private static int Append(byte[] buffer, int start, ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer.AsSpan(start));
        return start + text.Length;
    }
}
