using System.Buffers;

namespace TransformerService;

/// <summary>A request's whole body in pooled memory.</summary>
internal readonly struct RequestBody : IDisposable
{
    /// <summary>As much as rudder-transformer takes, also when it comes compressed.</summary>
    public const int MaxBytes = 200 * 1024 * 1024;

    private const int FirstGuess = 256 * 1024;

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
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp((request.ContentLength ?? 0) + 1, FirstGuess, MaxBytes + 1));
        int length = 0;
        try
        {
            for (int read; (read = await ReadAsync(request.Body, buffer.AsMemory(length), cancellationToken)) > 0;)
            {
                length += read;
                if (length > MaxBytes) throw new BadHttpRequestException("Request body too large", StatusCodes.Status413PayloadTooLarge);
                if (length == buffer.Length) Grow(ref buffer, length);
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

    private static void Grow(ref byte[] buffer, int length)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
