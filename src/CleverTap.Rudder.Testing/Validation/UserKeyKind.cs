using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>The ids by which a record may name its user (CleverTap docs, upload events API).</summary>
internal enum UserKeyKind
{
    Identity,
    ObjectId,
    FacebookId,
    GoogleId,
}
