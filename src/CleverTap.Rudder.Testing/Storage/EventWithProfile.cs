using CleverTap.Rudder.Internal.Testing.Stored;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Storage;

/// <summary>An event and the profile of its user at the time of the read.</summary>
internal readonly record struct EventWithProfile(StoredEvent Event, ProfileSnapshot Profile);
