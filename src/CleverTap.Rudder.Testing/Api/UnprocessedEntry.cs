namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>An entry of <c>unprocessed</c> in a response.</summary>
internal readonly record struct UnprocessedEntry(int Code, string Error, ReadOnlyMemory<byte> Record);
