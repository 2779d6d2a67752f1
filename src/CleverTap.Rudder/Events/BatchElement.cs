using System.Diagnostics.CodeAnalysis;

namespace CleverTap.Rudder;

/// <summary>An element of a batch that <see cref="RudderEvent.ReadBatch(string)"/> read: an event or an error.</summary>
public sealed record BatchElement
{
    internal BatchElement(int index, RudderEvent rudderEvent) => (Index, Event) = (index, rudderEvent);

    internal BatchElement(int index, EventError error) => (Index, Error) = (index, error);

    /// <summary>Gets the index of the element in the batch; the first is 0.</summary>
    public int Index { get; }

    /// <summary>Gets the event; null if it could not be read.</summary>
    public RudderEvent? Event { get; }

    /// <summary>Gets the error; null if the element is an event.</summary>
    public EventError? Error { get; }

    /// <summary>Whether the element is an event.</summary>
    [MemberNotNullWhen(true, nameof(Event))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsEvent => Event is not null;
}
