namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>An id of a user. The same text as identity and as objectId is two different ids.</summary>
internal readonly record struct UserKey(UserKeyKind Kind, string Text);
