using CleverTap.Rudder.Tool.CheckAccount;
using CleverTap.Rudder.Tool.CheckAccount.Claims;
using CleverTap.Rudder.Tool.CommandLine;

namespace CleverTap.Rudder.Tests.Tool.CheckAccount;

/// <summary>A server that responds to everything with success differs in every claim that something is rejected.</summary>
public sealed class TolerantServerTests
{
    private const string Success = """{"status":"success","processed":1,"unprocessed":[]}""";

    private CheckResults report = null!;

    [OneTimeSetUp]
    public async Task Run()
    {
        await using LocalServer server = await LocalServer.StartAsync(LocalServer.Always(200, Success));
        report = await CheckSession.RunAsync(server.Endpoint);
    }

    [TestCaseSource(typeof(CheckSession), nameof(CheckSession.ClaimIds))]
    public void Claim_differs_if_it_expects_anything_but_success(string id)
    {
        ClaimResult result = report.All.Single(result => result.Claim.Id == id);

        Assert.That(result.Finding.Status, Is.EqualTo(Expected(result.Claim.Probe)));
    }

    [Test]
    public void Every_claim_is_listed_and_the_exit_code_is_1()
    {
        Assert.That(report.All, Has.Count.EqualTo(ClaimTable.All.Count));
        Assert.That(report.StopReason, Is.Null);
        Assert.That(report.ExitCode, Is.EqualTo(ExitCode.Unfinished));
    }

    private static ClaimStatus Expected(Probe probe) =>
        probe switch
        {
            { IsWrite: true } => ClaimStatus.NotShown,
            HttpProbe http => http.Status == 200 ? ClaimStatus.Agrees : ClaimStatus.Differs,
            UploadProbe { ChecksTotals: true, Records.Length: > 1 } => ClaimStatus.Differs,
            UploadProbe upload => upload.Records.All(record => record.Code is null) ? ClaimStatus.Agrees : ClaimStatus.Differs,
            _ => ClaimStatus.Agrees,
        };
}
