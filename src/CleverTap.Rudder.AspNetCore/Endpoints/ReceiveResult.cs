using CleverTap.Rudder.AspNetCore;

namespace CleverTap.Rudder.Internal.AspNetCore.Endpoints;

/// <summary>What became of the events of a request.</summary>
/// <param name="Status">How it ended.</param>
internal sealed record ReceiveResult(ReceiveStatus Status)
{
    /// <summary>How many events the queue has taken: the first ones of the request, if not all.</summary>
    public int Taken { get; init; }

    /// <summary>How many are calls that CleverTap does not have, such as group.</summary>
    public int Ignored { get; init; }

    /// <summary>The elements that are no events, in the order of the request.</summary>
    public IReadOnlyList<BatchElement> Invalid { get; init; } = [];

    /// <summary>What a sender is told if the request was not taken.</summary>
    public string? Error { get; init; }

    /// <summary>The HTTP status of a body that could not be read.</summary>
    public int UnreadableStatus { get; init; }

    /// <summary>Whether the request has elements, and none of them is an event.</summary>
    public bool HasNoEvent => Invalid.Count > 0 && Taken + Ignored == 0;
}
