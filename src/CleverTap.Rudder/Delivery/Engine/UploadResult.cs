namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>The result of a completed upload.</summary>
/// <param name="Completed">The final outcomes.</param>
/// <param name="Delay">The delay before records of the upload are sent again; null if none is.</param>
internal readonly record struct UploadResult(List<EventCompletion> Completed, TimeSpan? Delay);
