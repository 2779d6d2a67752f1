namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>The reason why a record is rejected: the code of its first error, and the field if the error text names it.</summary>
internal readonly record struct Rejection(RecordCode Code, string Field = "");
