using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Testing.Stored;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Testing;

/// <summary>An event that the emulator stored. Immutable.</summary>
/// <remarks>An event that is sent twice is stored twice, as in CleverTap.</remarks>
public sealed class StoredEvent
{
    private readonly Lazy<IReadOnlyDictionary<string, JsonElement>> properties;

    internal StoredEvent(UploadedRecord record, RecordReceipt receipt)
    {
        Number = receipt.Number;
        RequestNumber = receipt.RequestNumber;
        UserKeys = record.UserKeys;
        Name = record.EventName.ToText() ?? "";
        Timestamp = record.Seconds;
        OccurredAt = Timestamp ?? receipt.ReceivedAt;
        Data = record.EventData.Copy();
        properties = new Lazy<IReadOnlyDictionary<string, JsonElement>>(() => Data.ToElements());
    }

    /// <summary>
    /// Gets the number among all stored records, including profile updates and device tokens, counted from 1 in order of arrival.
    /// </summary>
    public long Number { get; }

    /// <summary>Gets the number of its request: <see cref="ReceivedRequest.Number"/>.</summary>
    public long RequestNumber { get; }

    /// <summary>Gets the name as it was sent (<c>evtName</c>).</summary>
    public string Name { get; }

    /// <summary>Gets the identity of the event, or else its FBID or GPID; null if there is none.</summary>
    public string? Identity => UserKeys.Identity();

    /// <summary>Gets the objectId of the event; null if there is none.</summary>
    public string? ObjectId => UserKeys.ObjectId();

    /// <summary>Gets the time that was sent (<c>ts</c>), in whole seconds since 1970; null if there was none.</summary>
    public long? Timestamp { get; }

    /// <summary>Gets the time of the event in seconds since 1970: <see cref="Timestamp"/>, or else the time of receipt.</summary>
    /// <remarks>Source: CleverTap docs, upload events API.</remarks>
    public long OccurredAt { get; }

    /// <summary>Gets the properties as they were sent (<c>evtData</c>).</summary>
    /// <remarks>
    /// Use <see cref="JsonElement.GetRawText"/> for text that may contain lone surrogates: <see cref="JsonElement.GetString"/> throws
    /// on them.
    /// </remarks>
    public IReadOnlyDictionary<string, JsonElement> Properties => properties.Value;

    internal IReadOnlyList<UserKey> UserKeys { get; }

    /// <summary>The properties as JSON (<c>evtData</c>).</summary>
    internal JsonSlice Data { get; }
}
