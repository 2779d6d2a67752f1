namespace CleverTap.Rudder.Testing;

/// <summary>A refused record as the answer tells of it.</summary>
internal readonly record struct UnprocessedEntry(int Code, string Error, ReadOnlyMemory<byte> Record);
