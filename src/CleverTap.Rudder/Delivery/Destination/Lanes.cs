using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>
/// Deals events to lanes that run side by side. Events that share an id (user, anonymous or previous, also by way of a
/// third event) are one person's and share a lane, in which their order is kept.
/// </summary>
internal static class Lanes
{
    /// <summary>The lane of each event, 0 to <paramref name="count"/> - 1.</summary>
    public static int[] Deal(IReadOnlyList<RudderEvent> events, int count)
    {
        var lanes = new int[events.Count];
        if (count <= 1) return lanes;

        var people = new int[events.Count];
        for (int i = 0; i < people.Length; i++) people[i] = i;
        Dictionary<JsonValue, int> seen = [];
        for (int i = 0; i < people.Length; i++)
        {
            if (events[i] is null) continue;
            ref readonly EventIndex index = ref events[i].Index;
            Join(index.UserId, i);
            Join(index.AnonymousId, i);
            Join(index.PreviousId, i);
            if (!index.UserId.IsPresent) Join(UserIds.Of(index).User, i);
        }

        // The next person goes to the lane that has least to do.
        var load = new int[count];
        int[] sizes = new int[people.Length];
        for (int i = 0; i < people.Length; i++) sizes[Person(i)]++;
        var laneOf = new int[people.Length];
        for (int i = 0; i < people.Length; i++)
        {
            if (Person(i) == i)
            {
                laneOf[i] = Array.IndexOf(load, load.Min());
                load[laneOf[i]] += sizes[i];
            }

            lanes[i] = laneOf[Person(i)];
        }

        return lanes;

        void Join(JsonValue id, int at)
        {
            if (!id.IsPresent) return;
            if (id.Kind == JsonValueKind.Number || id.Raw.Span.Contains((byte)'\\')) id = JsonValue.FromText(id.ToText());
            if (seen.TryGetValue(id, out int earlier)) Unite(earlier, at);
            else seen.Add(id, at);
        }

        // The smaller index stands for both, so that a person is met first at their first event.
        void Unite(int first, int second)
        {
            (int one, int other) = (Person(first), Person(second));
            people[Math.Max(one, other)] = Math.Min(one, other);
        }

        int Person(int at)
        {
            while (people[at] != at) at = people[at] = people[people[at]];
            return at;
        }
    }
}
