using System.Buffers;

namespace TransformerService;

/// <summary>A request's whole body in pooled memory.</summary>
internal readonly struct RequestBody : IDisposable
{
    /// <summary>As much as rudder-transformer takes, also when it comes compressed.</summary>
    public const int MaxBytes = 200 * 1024 * 1024;

    private const int FirstBytes = 16 * 1024;

    /// <summary>How much larger a buffer gets at once if the request claims that more follows.</summary>
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
            // What BrotliStream throws for data that is not Brotli's.
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    /// <summary>
    /// Memory follows what has arrived, and not what the header claims: many connections that claim large bodies and send nothing would
    /// otherwise take all of it.
    /// </summary>
    private static void Grow(ref byte[] buffer, int length, long claimed)
    {
        long wanted = claimed >= length ? Math.Min(claimed + 1, (long)length * Growth) : (long)length * 2;
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(wanted, length + 1, MaxBytes + 1));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
