using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Internal.Testing.Stored;

namespace CleverTap.Rudder.Testing;

/// <summary>An event that the emulator took. Immutable. One that was sent twice is stored twice, as CleverTap does.</summary>
public sealed class StoredEvent
{
    private readonly Lazy<IReadOnlyDictionary<string, JsonElement>> properties;

    internal StoredEvent(UploadedRecord record, RecordReceipt arrival)
    {
        Number = arrival.Number;
        RequestNumber = arrival.RequestNumber;
        UserKeys = record.UserKeys;
        Name = record.EventName.ToText() ?? "";
        Timestamp = record.Seconds;
        OccurredAt = Timestamp ?? arrival.ReceivedAt;
        JsonSlice data = record.EventData.Copy();
        properties = new Lazy<IReadOnlyDictionary<string, JsonElement>>(() => data.ToElements());
    }

    /// <summary>Its place among all stored records, profile updates and device tokens too, counted from 1 in order of arrival.</summary>
    public long Number { get; }

    /// <summary>The request that it came with: <see cref="ReceivedRequest.Number"/>.</summary>
    public long RequestNumber { get; }

    /// <summary>The name as it was sent (<c>evtName</c>).</summary>
    public string Name { get; }

    /// <summary>The identity, or else the FBID or GPID, that the event was sent under; null where there was none.</summary>
    public string? Identity => UserKeys.Identity();

    /// <summary>The objectId that the event was sent under; null where there was none.</summary>
    public string? ObjectId => UserKeys.ObjectId();

    /// <summary>The time as it was sent (<c>ts</c>), in whole seconds since 1970; null where none was sent.</summary>
    public long? Timestamp { get; }

    /// <summary>In seconds since 1970: <see cref="Timestamp"/>, or else the time of receipt (CleverTap docs, upload events API).</summary>
    public long OccurredAt { get; }

    /// <summary>
    /// The properties as they were sent (<c>evtData</c>). Use <see cref="JsonElement.GetRawText"/> for text that may hold
    /// lone surrogates: <see cref="JsonElement.GetString"/> throws on them.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Properties => properties.Value;

    internal IReadOnlyList<UserKey> UserKeys { get; }
}
