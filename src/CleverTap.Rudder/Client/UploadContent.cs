using System.Buffers;

namespace CleverTap.Rudder.Internal.Client;

/// <summary>Writes the body of an upload, <c>{"d":[…]}</c>, from the bytes of its records.</summary>
/// <remarks>
/// The records are joined in a pooled buffer when the request is sent: in one write if the body fits in the buffer, in several if it is
/// larger.
/// </remarks>
internal sealed class UploadContent : RequestContent
{
    private const int MaxBufferBytes = CleverTapOptions.DefaultMaxBatchBytes;

    private static ReadOnlySpan<byte> Start => """{"d":["""u8;

    private static ReadOnlySpan<byte> Separator => ","u8;

    private static ReadOnlySpan<byte> End => "]}"u8;

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

    /// <summary>Calculates the size of a body in bytes.</summary>
    /// <param name="records">The number of records.</param>
    /// <param name="recordBytes">The size of all records together, in bytes.</param>
    public static int LengthOf(int records, int recordBytes) => Start.Length + End.Length + recordBytes + Math.Max(0, records - 1);

    protected override async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(length, MaxBufferBytes));
        try
        {
            int used = Append(buffer, 0, Start);
            for (int index = 0; index < records.Count; index++)
            {
                ReadOnlyMemory<byte> record = records[index].Utf8Json;
                if (!Fits(buffer, used, record))
                {
                    await WriteAsync(stream, buffer, used, cancellationToken).ConfigureAwait(false);
                    used = 0;
                }

                used = AppendSeparator(buffer, used, index);
                if (Fits(buffer, 0, record))
                {
                    used = Append(buffer, used, record.Span);
                    continue;
                }

                // The record is larger than the buffer.
                await WriteAsync(stream, buffer, used, cancellationToken).ConfigureAwait(false);
                await stream.WriteAsync(record, cancellationToken).ConfigureAwait(false);
                used = 0;
            }

            used = Append(buffer, used, End);
            await WriteAsync(stream, buffer, used, cancellationToken).ConfigureAwait(false);
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

    private static ValueTask WriteAsync(Stream stream, byte[] buffer, int count, CancellationToken cancellationToken) =>
        stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);

    /// <summary>Whether a record fits behind the used bytes, with its separator and the end of the body.</summary>
    private static bool Fits(byte[] buffer, int used, ReadOnlyMemory<byte> record) =>
        used + record.Length + Separator.Length + End.Length <= buffer.Length;

    private static int AppendSeparator(byte[] buffer, int used, int index) => index == 0 ? used : Append(buffer, used, Separator);

    private static int Append(byte[] buffer, int start, ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer.AsSpan(start));
        return start + text.Length;
    }
}
