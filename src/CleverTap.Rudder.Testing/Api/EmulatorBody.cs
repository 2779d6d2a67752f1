using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>The body of a request; or, where it could not be read to its end, the HTTP status that says why.</summary>
internal readonly record struct EmulatorBody(ReadOnlyMemory<byte> Bytes, int? ErrorStatus = null)
{
    public const int MaxBytes = 16 * 1024 * 1024;
}
