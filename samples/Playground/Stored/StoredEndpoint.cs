using CleverTap.Rudder.Testing;
using Playground.Meters;

namespace Playground.Stored;

/// <summary>Returns what the emulator has stored.</summary>
internal static class StoredEndpoint
{
    public static void MapStored(this WebApplication app)
    {
        app.MapGet("/api/stored", (CleverTapEmulator emulator, string? user = null) => StoredResponse.Create(emulator, user));
        app.MapDelete(
            "/api/stored",
            (CleverTapEmulator emulator, MeterReadings readings) =>
            {
                emulator.Clear();
                readings.Clear();
                return StoredResponse.Create(emulator, null);
            }
        );
    }
}
