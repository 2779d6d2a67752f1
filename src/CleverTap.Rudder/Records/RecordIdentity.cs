using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>Whose record it is, in CleverTap's terms: an identity, an objectId (the id of a device), or nobody's.</summary>
internal readonly record struct RecordIdentity(RecordIdentity.IdField Field, JsonSlice Id)
{
    internal enum IdField
    {
        None,
        Identity,
        ObjectId,
    }

    public static RecordIdentity Nobody => default;

    public static RecordIdentity Identity(JsonSlice id) => new(IdField.Identity, id);

    public static RecordIdentity Device(JsonSlice id) => new(IdField.ObjectId, id);
}
