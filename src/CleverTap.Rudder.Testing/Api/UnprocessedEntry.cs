using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>A rejected record as the response tells of it.</summary>
internal readonly record struct UnprocessedEntry(int Code, string Error, ReadOnlyMemory<byte> Record);
