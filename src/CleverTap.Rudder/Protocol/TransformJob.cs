using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>One event that rudder-server asks to have transformed, with what goes along: slices of the request.</summary>
/// <param name="Message">The event.</param>
/// <param name="Metadata">rudder-server's own notes on the event, echoed untouched; missing where the job has none.</param>
/// <param name="Destination">The destination with its <c>Config</c>; missing where neither the job nor the request has it.</param>
internal readonly record struct TransformJob(JsonSlice Message, JsonSlice Metadata, JsonSlice Destination);
