using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>A refused record as the answer tells of it.</summary>
internal readonly record struct UnprocessedEntry(int Code, string Error, ReadOnlyMemory<byte> Record);
