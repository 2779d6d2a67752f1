using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Stored;

/// <summary>A profile at one moment. Immutable.</summary>
internal sealed record ProfileSnapshot(UserKey[] Keys, KeyValuePair<string, JsonSlice>[] Attributes, DeviceToken[] DeviceTokens)
{
    /// <summary>The events of the user by name; empty if they were not asked for.</summary>
    public EventSummary[] Events { get; init; } = [];

    public IEnumerable<string> Identities => Keys.Where(key => key.Kind != UserKeyKind.ObjectId).Select(key => key.Text);

    public IEnumerable<string> ObjectIds => Keys.Where(key => key.Kind == UserKeyKind.ObjectId).Select(key => key.Text);
}
