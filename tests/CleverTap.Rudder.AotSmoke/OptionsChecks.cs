using CleverTap.Rudder.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.AotSmoke;

/// <summary>Checks that a host with wrong settings does not start and reports every error.</summary>
internal static class OptionsChecks
{
    public static async Task RunAsync(Checks checks)
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        using IHost host = SmokeHost.Build(cleverTap, """,  "Regoin":"in1","MaxAttempts":"many","LostResponses":"Forget" """);
        checks.AreEqual(
            "options: wrong settings",
            "CleverTap destination (section 'CleverTap'): MaxAttempts must be a whole number; LostResponses must be Resend or Report; Regoin is no option.",
            await StartAsync(host)
        );
    }

    private static async Task<string> StartAsync(IHost host)
    {
        try
        {
            await host.StartAsync();
            return "started";
        }
        catch (OptionsValidationException exception)
        {
            return string.Join("; ", exception.Failures);
        }
    }
}
