using System.Globalization;
using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace Quickstart;

/// <summary>What the emulator holds in the end: profiles with their attributes, events with their properties.</summary>
internal static class StoredReport
{
    private const int MaxShown = 10;
    private const int MaxValue = 300;

    public static void Print(IPrinter printer, CleverTapEmulator emulator)
    {
        List<KeyValuePair<string, StoredProfile>> profiles = [.. emulator.Profiles.TakeLast(MaxShown)];
        Print(
            printer,
            Heading("Stored profiles", profiles.Count, emulator.ProfileCount),
            new Sheet("profile", "attribute", "value"),
            profiles.SelectMany(profile => Rows(UserOf(profile.Value), profile.Value.Attributes))
        );

        List<StoredEvent> events = [.. emulator.Events.TakeLast(MaxShown)];
        Print(
            printer,
            Heading("Stored events", events.Count, emulator.EventCount),
            new Sheet("event", "property", "value"),
            events.SelectMany(stored => Rows(stored.Name, stored.Properties))
        );
    }

    private static void Print(IPrinter printer, string heading, Sheet sheet, IEnumerable<Cell[]> rows)
    {
        if (rows.ToArray() is not { Length: > 0 } all)
        {
            return;
        }

        printer.Heading(heading);
        printer.Rows(sheet, all);
    }

    private static string Heading(string what, int shown, long total) =>
        shown == total ? what : string.Create(CultureInfo.InvariantCulture, $"{what}: the latest {shown} of {total:N0}");

    private static string UserOf(StoredProfile profile) => string.Join(" = ", profile.Identities.Concat(profile.ObjectIds));

    private static IEnumerable<Cell[]> Rows(string name, IReadOnlyDictionary<string, JsonElement> values)
    {
        var title = new Cell(Printable.Of(name, MaxValue), Tone.Strong);
        if (values.Count == 0)
        {
            yield return [title, new("none", Tone.Quiet), ""];
        }

        foreach ((string key, JsonElement value) in values)
        {
            yield return [title, Printable.Of(key, MaxValue), new(Printable.Of(value.GetRawText(), MaxValue), Tone.Good)];
            title = "";
        }
    }
}
