namespace Webhook;

/// <summary>Reads a request's body into memory. The request decompression middleware has gone before.</summary>
internal static class RequestBody
{
    private const int BufferSize = 16 * 1024;

    /// <exception cref="BadHttpRequestException">The body is too large or cannot be decompressed; the exception has the status.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        // The middleware removes the header when it decompresses; what is left is an encoding that it does not know.
        string encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw Refused(StatusCodes.Status415UnsupportedMediaType, "The Content-Encoding must be gzip, br or deflate");
        }

        try
        {
            using var body = new MemoryStream();
            byte[] buffer = new byte[BufferSize];
            for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (body.Length + read > maxBytes)
                {
                    throw Refused(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {maxBytes} bytes (MaxBodyBytes)");
                }

                body.Write(buffer, 0, read);
            }

            return body.ToArray();
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw new BadHttpRequestException("The body is not compressed as its Content-Encoding says", exception);
        }
    }

    private static BadHttpRequestException Refused(int status, string message) => new(message, status);
}
