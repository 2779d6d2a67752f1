namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>What a response leads to.</summary>
/// <param name="Completed">The final outcomes.</param>
/// <param name="Delay">How long it takes until records of the upload are sent again; null if none is.</param>
internal readonly record struct UploadResult(List<EventCompletion> Completed, TimeSpan? Delay);
