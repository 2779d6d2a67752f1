using CleverTap.Rudder.Testing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Playground.Deliver;

/// <summary>Reads and sets the faults of the emulator.</summary>
internal static class FaultsEndpoint
{
    public static void MapFaults(this WebApplication app)
    {
        app.MapGet("/api/faults", (CleverTapEmulator emulator) => FaultShares.From(emulator.Faults));
        app.MapPut("/api/faults", Set);
    }

    private static Results<Ok<FaultShares>, ProblemHttpResult> Set(FaultShares shares, CleverTapEmulator emulator)
    {
        if (shares.GetError() is { } error)
        {
            return TypedResults.Problem(error, statusCode: StatusCodes.Status400BadRequest);
        }

        emulator.Faults = shares.ToFaults();
        return TypedResults.Ok(shares);
    }
}
