using System.Globalization;
using System.Text.Json;
using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tool.Output;

namespace CleverTap.Rudder.Tool.Emulator;

/// <summary>What an emulator holds: its latest profiles with their attributes, and its latest events with their properties.</summary>
internal static class StoredReport
{
    private const int MaxShown = 10;
    private const int MaxValue = 300;

    public static void Write(Screen screen, CleverTapEmulator emulator)
    {
        List<KeyValuePair<string, StoredProfile>> profiles = [.. emulator.Profiles.TakeLast(MaxShown)];
        Write(
            screen,
            Heading("Stored profiles", profiles.Count, emulator.ProfileCount),
            ["profile", "attribute", "value"],
            profiles.SelectMany(profile => Rows(UserOf(profile.Value), profile.Value.Attributes))
        );

        List<StoredEvent> events = [.. emulator.Events.TakeLast(MaxShown)];
        Write(
            screen,
            Heading("Stored events", events.Count, emulator.EventCount),
            ["event", "property", "value"],
            events.SelectMany(stored => Rows(stored.Name, stored.Properties))
        );
    }

    private static void Write(Screen screen, string heading, string[] headers, IEnumerable<Cell[]> rows)
    {
        Cell[][] all = [.. rows];
        if (all.Length > 0)
        {
            screen.Heading(heading);
            screen.Table(headers, all);
        }
    }

    private static string Heading(string name, int shown, long total) =>
        shown == total ? name : string.Create(CultureInfo.InvariantCulture, $"{name}: the latest {shown} of {total:N0}");

    private static string UserOf(StoredProfile profile) => string.Join(" = ", profile.Identities.Concat(profile.ObjectIds));

    private static IEnumerable<Cell[]> Rows(string name, IReadOnlyDictionary<string, JsonElement> values)
    {
        var title = new Cell(Printable.Shorten(name, MaxValue), Styles.Strong);
        if (values.Count == 0)
        {
            yield return [title, new("none", Styles.Quiet), ""];
        }

        foreach ((string key, JsonElement value) in values)
        {
            yield return [title, Printable.Shorten(key, MaxValue), new(Printable.Shorten(value.GetRawText(), MaxValue), Styles.Good)];
            title = "";
        }
    }
}
