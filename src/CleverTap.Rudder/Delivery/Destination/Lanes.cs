using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>
/// Deals events to lanes that run side by side. Events that share an id (user, anonymous or previous, also by way of a
/// third event) are one person's and share a lane, in which their order is kept.
/// </summary>
internal static class Lanes
{
    /// <summary>Whose each event is: a number for each person, the place of their first event.</summary>
    public static int[] People(IReadOnlyList<RudderEvent> events)
    {
        var people = new int[events.Count];
        for (int i = 0; i < people.Length; i++) people[i] = i;
        Dictionary<JsonValue, int> seen = [];
        for (int i = 0; i < people.Length; i++)
        {
            if (events[i] is null) continue;
            try
            {
                ref readonly EventIndex index = ref events[i].Index;
                Join(index.UserId, i);
                Join(index.AnonymousId, i);
                Join(index.PreviousId, i);
                if (!index.UserId.IsPresent) Join(UserIds.Of(index).User, i);
            }
            catch (Exception exception) when (JsonScanner.IsOfChangedMemory(exception))
            {
                // It goes alone; the transformation will say what is wrong.
            }
        }

        for (int i = 0; i < people.Length; i++) people[i] = Person(i);
        return people;

        void Join(JsonValue id, int at)
        {
            if (!id.IsPresent) return;
            if (id.Kind == JsonValueKind.Number || id.Span.Contains((byte)'\\')) id = JsonValue.FromText(id.ToText());
            if (id.IsMissing) return;
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

    /// <summary>The lane of each event, 0 to <paramref name="count"/> - 1: the next person goes where there is least to do.</summary>
    public static int[] Deal(int[] people, int count)
    {
        var lanes = new int[people.Length];
        if (count <= 1) return lanes;

        var sizes = new int[people.Length];
        foreach (int person in people) sizes[person]++;
        var load = new int[count];
        for (int i = 0; i < people.Length; i++)
        {
            if (people[i] == i)
            {
                lanes[i] = Array.IndexOf(load, load.Min());
                load[lanes[i]] += sizes[i];
            }

            lanes[i] = lanes[people[i]];
        }

        return lanes;
    }
}
