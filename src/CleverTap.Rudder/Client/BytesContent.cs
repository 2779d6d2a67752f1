namespace CleverTap.Rudder.Internal.Client;

/// <summary>A request body that exists as bytes.</summary>
internal sealed class BytesContent(ReadOnlyMemory<byte> body) : RequestContent
{
    protected override Task WriteAsync(Stream stream, CancellationToken cancellationToken) =>
        stream.WriteAsync(body, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
