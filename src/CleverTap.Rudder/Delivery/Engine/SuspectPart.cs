namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>How many of a user's next records are suspects.</summary>
internal readonly record struct SuspectPart(UserQueue User, int Count);
