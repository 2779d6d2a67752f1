using System.Diagnostics;

namespace CleverTap.Rudder.Tests.Tool;

/// <summary>The first sample that a newcomer runs.</summary>
public sealed class QuickstartTests
{
    [Test]
    public async Task Quickstart_shows_what_each_call_becomes_and_what_is_stored()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Quickstart.dll")])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;

        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.That(process.ExitCode, Is.Zero);
        Assert.That(output, Does.Contain("\"evtName\":\"Charged\"").And.Contain("Delivered without Phone"));
        Assert.That(output, Does.Contain("event Checked Out").And.Contain("MSG-push-all: false"));
        Assert.That(output.TrimEnd(), Does.EndWith("8 Delivered, 1 Invalid"));
    }
}
