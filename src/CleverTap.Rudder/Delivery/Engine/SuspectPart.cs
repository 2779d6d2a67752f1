namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>A user, and the number of its next records that are suspects or part of an upload.</summary>
internal readonly record struct SuspectPart(UserQueue User, int Count);
