using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>The user of a record in CleverTap's terms: an identity, an objectId (the id of a device), or none.</summary>
internal readonly record struct RecordIdentity(RecordIdentity.IdField Field, JsonSlice Id)
{
    internal enum IdField
    {
        None,
        Identity,
        ObjectId,
    }

    public static RecordIdentity None => default;

    public static RecordIdentity FromIdentity(JsonSlice id) => new(IdField.Identity, id);

    public static RecordIdentity FromObjectId(JsonSlice id) => new(IdField.ObjectId, id);
}
