namespace CleverTap.Rudder.Internal.Json;

/// <summary>The position of a member in the output.</summary>
/// <param name="Name">The position of the first byte of the name, after the quote.</param>
/// <param name="NameLength">The length of the name in bytes.</param>
/// <param name="End">The position after the value.</param>
/// <param name="IsLeft">False if pruning left nothing of the value.</param>
internal readonly record struct WrittenMember(int Name, int NameLength, int End, bool IsLeft);
