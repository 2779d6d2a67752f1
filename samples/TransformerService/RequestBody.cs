using System.Buffers;

namespace TransformerService;

/// <summary>The whole body of a request, in pooled memory.</summary>
internal readonly struct RequestBody : IDisposable
{
    /// <summary>The limit of rudder-transformer, which also applies after decompression.</summary>
    public const int MaxBytes = 200 * 1024 * 1024;

    private const int FirstBytes = 16 * 1024;

    /// <summary>The factor by which a buffer grows if the Content-Length says that more follows.</summary>
    private const int Growth = 4;

    private readonly byte[] pooled;
    private readonly int length;

    private RequestBody(byte[] pooled, int length)
    {
        this.pooled = pooled;
        this.length = length;
    }

    public ReadOnlyMemory<byte> Json => pooled.AsMemory(0, length);

    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        int length = 0;
        try
        {
            int read;
            while ((read = await ReadAsync(request.Body, buffer.AsMemory(length), cancellationToken)) > 0)
            {
                length += read;
                if (length > MaxBytes)
                {
                    throw new BadHttpRequestException("Request body too large", StatusCodes.Status413PayloadTooLarge);
                }

                if (length == buffer.Length)
                {
                    Grow(ref buffer, length, request.ContentLength ?? 0);
                }
            }

            return new RequestBody(buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(pooled);

    private static async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidOperationException exception)
        {
            // BrotliStream throws this for invalid data.
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    /// <summary>Grows the buffer in proportion to the received bytes, not to the Content-Length.</summary>
    /// <remarks>Otherwise many connections that claim large bodies and send nothing would take all memory.</remarks>
    private static void Grow(ref byte[] buffer, int length, long contentLength)
    {
        long size = contentLength >= length ? Math.Min(contentLength + 1, (long)length * Growth) : (long)length * 2;
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(size, length + 1, MaxBytes + 1));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
