using System.IO.Compression;
using CleverTap.Rudder.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CleverTap.Rudder.Internal.AspNetCore.Endpoints;

/// <summary>Reads a request's body into memory, whatever its content type, and decompresses it.</summary>
internal static class RequestBody
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Reads the body.</summary>
    /// <exception cref="BadHttpRequestException">The body is too large or cannot be decompressed; the exception has the status.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, int maxBytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxBytes;
        }

        try
        {
            MemoryStream sent = await ReadAsync(context.Request.Body, maxBytes, context.RequestAborted).ConfigureAwait(false);
            Stream? decompressed = Decompress(sent, context.Request.Headers.ContentEncoding.ToString());
            if (decompressed is null)
            {
                return Content(sent);
            }

            await using (decompressed.ConfigureAwait(false))
            {
                return Content(await ReadAsync(decompressed, maxBytes, context.RequestAborted).ConfigureAwait(false));
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            // The server noticed first. It closes the connection and says so in the response; only its text is replaced.
            throw TooLarge(maxBytes);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw new BadHttpRequestException("The body is not compressed as its Content-Encoding says", exception);
        }
    }

    /// <summary>
    /// Returns a decompressing stream, or null if the body is not compressed. A body without the header is gzip if it begins like gzip.
    /// </summary>
    private static Stream? Decompress(MemoryStream body, string encoding) =>
        encoding.Trim().ToLowerInvariant() switch
        {
            "" or "identity" => Content(body).Span is [0x1F, 0x8B, ..] ? new GZipStream(body, CompressionMode.Decompress) : null,
            "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(body, CompressionMode.Decompress),
            _ => throw new BadHttpRequestException(
                "The Content-Encoding must be gzip, br or deflate",
                StatusCodes.Status415UnsupportedMediaType
            ),
        };

    private static async Task<MemoryStream> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        byte[] buffer = new byte[BufferSize];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (body.Length + read > maxBytes)
            {
                throw TooLarge(maxBytes);
            }

            body.Write(buffer, 0, read);
        }

        body.Position = 0;
        return body;
    }

    private static ReadOnlyMemory<byte> Content(MemoryStream body) => body.GetBuffer().AsMemory(0, (int)body.Length);

    private static BadHttpRequestException TooLarge(int maxBytes) =>
        new(
            $"The body is larger than {maxBytes} bytes ({nameof(RudderEndpointOptions.MaxBodyBytes)})",
            StatusCodes.Status413PayloadTooLarge
        );
}
