using CleverTap.Rudder.Internal.Events;

namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>An event to enqueue, with its JSON.</summary>
internal readonly record struct NewEvent(RudderEvent Event, byte[] Json)
{
    private const int MaxEvents = 1000;
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Splits events, in order, into chunks of one transaction each. An event that is nested too deep is a chunk alone.</summary>
    public static IEnumerable<IReadOnlyList<NewEvent>> SplitIntoChunks(IEnumerable<RudderEvent> events)
    {
        List<NewEvent> chunk = [];
        int bytes = 0;
        foreach (RudderEvent rudderEvent in events)
        {
            var next = new NewEvent(rudderEvent, EventWriter.ToUtf8(rudderEvent.Parsed));
            bool isFull = chunk.Count == MaxEvents || bytes + next.Json.Length > MaxBytes || rudderEvent.Parsed.IsTooDeep;
            if (chunk.Count > 0 && (isFull || chunk[^1].Event.Parsed.IsTooDeep))
            {
                yield return chunk;
                chunk = [];
                bytes = 0;
            }

            chunk.Add(next);
            bytes += next.Json.Length;
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}
