using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>One id of a user. The same text as an identity and as an objectId is two ids.</summary>
internal readonly record struct UserKey(UserKeyKind Kind, string Text);
