namespace CleverTap.Rudder.Testing;

/// <summary>A record that is refused, and why.</summary>
internal readonly record struct UnprocessedEntry(UploadedRecord Record, Refusal Refusal);
