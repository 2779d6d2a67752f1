using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Internal.Testing.Stored;

namespace CleverTap.Rudder.Testing;

/// <summary>One profile record that the emulator took. Immutable. What became of the profile is in <see cref="StoredProfile"/>.</summary>
public sealed class StoredProfileUpdate
{
    private readonly Lazy<IReadOnlyDictionary<string, JsonElement>> attributes;

    internal StoredProfileUpdate(UploadedRecord record, JsonSlice profileData, RecordReceipt arrival)
    {
        Number = arrival.Number;
        RequestNumber = arrival.RequestNumber;
        Identity = record.UserKeys.Identity();
        ObjectId = record.UserKeys.ObjectId();
        attributes = new Lazy<IReadOnlyDictionary<string, JsonElement>>(() => profileData.ToElements());
    }

    /// <summary>Its place among all stored records, events and device tokens too, counted from 1 in order of arrival.</summary>
    public long Number { get; }

    /// <summary>The request that it came with: <see cref="ReceivedRequest.Number"/>.</summary>
    public long RequestNumber { get; }

    /// <summary>The identity, or else the FBID or GPID, that it was sent under; null where there was none.</summary>
    public string? Identity { get; }

    /// <summary>The objectId that it was sent under; null where there was none.</summary>
    public string? ObjectId { get; }

    /// <summary>
    /// The attributes as they were sent (<c>profileData</c>), operators and <c>identity</c> among them. Use
    /// <see cref="JsonElement.GetRawText"/> for text that may hold lone surrogates: <see cref="JsonElement.GetString"/> throws on them.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Attributes => attributes.Value;
}
