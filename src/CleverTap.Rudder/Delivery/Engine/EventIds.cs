using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>The ids that identify the user of an event; each is empty if the event does not have it.</summary>
internal readonly record struct EventIds(FieldName User, FieldName Anonymous, FieldName Previous);
