using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>One event that rudder-server asks to transform, with its metadata and destination: slices of the request.</summary>
/// <param name="Message">The event. Only its brackets were checked; see <see cref="IsMessageValid"/>.</param>
/// <param name="Metadata">The metadata that rudder-server expects back unchanged; missing if the job has none.</param>
/// <param name="Destination">The destination with its <c>Config</c>; missing if neither the job nor the request contains it.</param>
internal readonly record struct TransformJob(JsonSlice Message, JsonSlice Metadata, JsonSlice Destination)
{
    /// <summary>Whether the message is JSON. The transformer checks this itself; other readers of the message ask first.</summary>
    public bool IsMessageValid => !JsonSlice.Parse(Message.Raw, JsonSlice.AnyDepth).IsMissing;
}
