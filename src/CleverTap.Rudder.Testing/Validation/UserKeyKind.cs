namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>The kinds of ids by which a record may identify its user (CleverTap docs, upload events API).</summary>
internal enum UserKeyKind
{
    Identity,
    ObjectId,
    FacebookId,
    GoogleId,
}
