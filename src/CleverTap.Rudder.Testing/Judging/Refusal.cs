using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Judging;

/// <summary>Why a record is refused: its first fault, and the field where the words name it.</summary>
internal readonly record struct Refusal(RecordCode Code, string Field = "");
