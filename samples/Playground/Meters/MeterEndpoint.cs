namespace Playground.Meters;

/// <summary>The charts' numbers.</summary>
internal static class MeterEndpoint
{
    public static void MapMeter(this WebApplication app) => app.MapGet("/api/meter", (MeterReadings readings) => readings.Read());
}

/// <summary>The last minute, oldest second first, and all batches since the start.</summary>
/// <param name="Outcomes">Events by outcome, for each second.</param>
/// <param name="InFlight">The most uploads under way at once, in each second.</param>
/// <param name="BatchSizes">Uploads by the number of their records.</param>
internal sealed record MeterResponse(IReadOnlyDictionary<string, long[]> Outcomes, int[] InFlight, IReadOnlyList<BatchSize> BatchSizes);

internal sealed record BatchSize(int Records, int Uploads);
