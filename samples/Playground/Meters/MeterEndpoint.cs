namespace Playground.Meters;

/// <summary>Returns the numbers of the charts.</summary>
internal static class MeterEndpoint
{
    public static void MapMeter(this WebApplication app) => app.MapGet("/api/meter", (MeterReadings readings) => readings.Read());
}

/// <summary>The last minute by second, the oldest first, and all batches since the start.</summary>
/// <param name="Outcomes">The number of events by outcome, for each second.</param>
/// <param name="InFlight">The maximum number of concurrent uploads in each second.</param>
/// <param name="BatchSizes">The number of uploads by their number of records.</param>
internal sealed record MeterResponse(IReadOnlyDictionary<string, long[]> Outcomes, int[] InFlight, IReadOnlyList<BatchSize> BatchSizes);

internal sealed record BatchSize(int Records, int Uploads);
