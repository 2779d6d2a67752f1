using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Testing.Stored;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Testing;

/// <summary>A profile record that the emulator applied. Immutable.</summary>
/// <remarks>The resulting profile is a <see cref="StoredProfile"/>.</remarks>
public sealed class StoredProfileUpdate
{
    private readonly Lazy<IReadOnlyDictionary<string, JsonElement>> attributes;

    internal StoredProfileUpdate(UploadedRecord record, JsonSlice profileData, RecordReceipt receipt)
    {
        Number = receipt.Number;
        RequestNumber = receipt.RequestNumber;
        Identity = record.UserKeys.Identity();
        ObjectId = record.UserKeys.ObjectId();
        attributes = new Lazy<IReadOnlyDictionary<string, JsonElement>>(() => profileData.ToElements());
    }

    /// <summary>Gets the number among all stored records, including events and device tokens, counted from 1 in order of arrival.</summary>
    public long Number { get; }

    /// <summary>Gets the number of its request: <see cref="ReceivedRequest.Number"/>.</summary>
    public long RequestNumber { get; }

    /// <summary>Gets the identity of the record, or else its FBID or GPID; null if there is none.</summary>
    public string? Identity { get; }

    /// <summary>Gets the objectId of the record; null if there is none.</summary>
    public string? ObjectId { get; }

    /// <summary>Gets the attributes as they were sent (<c>profileData</c>), including operators and <c>identity</c>.</summary>
    /// <remarks>
    /// Use <see cref="JsonElement.GetRawText"/> for text that may contain lone surrogates: <see cref="JsonElement.GetString"/> throws
    /// on them.
    /// </remarks>
    public IReadOnlyDictionary<string, JsonElement> Attributes => attributes.Value;
}
