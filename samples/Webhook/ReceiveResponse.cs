namespace Webhook;

/// <summary>What became of the events of a request.</summary>
/// <param name="Taken">How many are on disk and will be delivered.</param>
/// <param name="Ignored">How many are calls that CleverTap does not have, such as group.</param>
/// <param name="Refused">What is no event, in the order of the request.</param>
internal sealed record ReceiveResponse(int Taken, int Ignored, IReadOnlyList<RefusedEvent> Refused);
