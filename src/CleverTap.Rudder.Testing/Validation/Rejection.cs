using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>Why a record is rejected: its first fault, and the field where the words name it.</summary>
internal readonly record struct Rejection(RecordCode Code, string Field = "");
