using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace CleverTap.Rudder;

/// <summary>
/// The body of an upload, <c>{"d":[…]}</c>, joined from the records' bytes in a pooled buffer when it is sent: in one piece up to
/// the usual size of an upload, in several where it is larger.
/// </summary>
internal sealed class UploadContent : HttpContent
{
    private const int LargestPiece = CleverTapOptions.DefaultMaxBatchBytes;
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly IReadOnlyList<CleverTapRecord> records;
    private readonly int length;

    public UploadContent(IReadOnlyList<CleverTapRecord> records)
    {
        this.records = records;
        int bytes = 0;
        for (int i = 0; i < records.Count; i++) bytes += records[i].Utf8Json.Length;
        length = LengthOf(records.Count, bytes);
        Headers.ContentType = Json;
    }

    /// <summary>The size of a body in bytes.</summary>
    /// <param name="records">How many records it holds.</param>
    /// <param name="recordBytes">How large they are together.</param>
    public static int LengthOf(int records, int recordBytes) => """{"d":[]}""".Length + recordBytes + Math.Max(0, records - 1);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(length, LargestPiece));
        try
        {
            int used = Put(buffer, 0, """{"d":["""u8);
            for (int i = 0; i < records.Count; i++)
            {
                ReadOnlyMemory<byte> record = records[i].Utf8Json;
                if (used + record.Length + ",]}".Length > buffer.Length)
                {
                    await stream.WriteAsync(buffer.AsMemory(0, used), cancellationToken).ConfigureAwait(false);
                    used = 0;
                }

                if (i > 0) buffer[used++] = (byte)',';
                if (record.Length > buffer.Length - ",]}".Length)
                {
                    await stream.WriteAsync(buffer.AsMemory(0, used), cancellationToken).ConfigureAwait(false);
                    await stream.WriteAsync(record, cancellationToken).ConfigureAwait(false);
                    used = 0;
                }
                else
                {
                    used = Put(buffer, used, record.Span);
                }
            }

            used = Put(buffer, used, "]}"u8);
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

    private static int Put(byte[] buffer, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer.AsSpan(at));
        return at + text.Length;
    }
}
