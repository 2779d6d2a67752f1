namespace CleverTap.Rudder.Internal.AspNetCore.Endpoints;

/// <summary>The result of a request with events.</summary>
/// <param name="Status">The result of receiving the events.</param>
internal sealed record ReceiveResult(ReceiveStatus Status)
{
    /// <summary>The number of events that the queue has accepted. These are always the first events of the request.</summary>
    public int Taken { get; init; }

    /// <summary>The number of calls that CleverTap does not support, such as group.</summary>
    public int Ignored { get; init; }

    /// <summary>The elements that are not events, in the order of the request.</summary>
    public IReadOnlyList<BatchElement> Invalid { get; init; } = [];

    /// <summary>The error text of the response, if the events were not taken.</summary>
    public string? Error { get; init; }

    /// <summary>The HTTP status of a body that could not be read.</summary>
    public int UnreadableStatus { get; init; }

    /// <summary>Whether the request has elements, but none of them is an event or an ignored call.</summary>
    public bool HasOnlyInvalidElements => Invalid.Count > 0 && Taken + Ignored == 0;
}
