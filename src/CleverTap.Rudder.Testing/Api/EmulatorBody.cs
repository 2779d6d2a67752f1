namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>The body of a request, or the HTTP status of the error if it could not be read.</summary>
internal readonly record struct EmulatorBody(ReadOnlyMemory<byte> Bytes, int? ErrorStatus = null)
{
    public const int MaxBytes = 16 * 1024 * 1024;
}
