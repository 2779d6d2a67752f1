using CleverTap.Rudder.Testing;
using CleverTap.Rudder.Tool.CheckAccount;
using CleverTap.Rudder.Tool.CheckAccount.Claims;
using CleverTap.Rudder.Tool.CommandLine;

namespace CleverTap.Rudder.Tests.Tool.CheckAccount;

/// <summary>The emulator makes the same claims as the table.</summary>
public sealed class EmulatorClaimTests
{
    private CleverTapEmulator emulator = null!;
    private ProbeSender sender = null!;

    private static IEnumerable<string> Ids => ClaimTable.All.Where(claim => claim.Probe is not LookupProbe).Select(claim => claim.Id);

    [OneTimeSetUp]
    public async Task Start()
    {
        emulator = await CleverTapEmulator.StartAsync();
        sender = CheckSession.CreateSender(emulator.Endpoint);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        sender.Dispose();
        await emulator.DisposeAsync();
    }

    [TestCaseSource(nameof(Ids))]
    public async Task Claim_holds_of_the_emulator(string id)
    {
        Claim claim = CheckSession.ClaimOf(id);
        ProbeResponse response = await sender.SendAsync(claim.Probe.Request.For("check"), CancellationToken.None);

        Assert.That(claim.Probe.Evaluate(response), Is.EqualTo(new Finding(ClaimStatus.Agrees, Actual(claim, response))));
    }

    [Test]
    public async Task Run_stores_nothing_and_finds_no_difference()
    {
        await using CleverTapEmulator fresh = await CleverTapEmulator.StartAsync();

        CheckResults report = await CheckSession.RunAsync(fresh.Endpoint);

        Assert.That(Differing(report), Is.Empty);
        Assert.That(report.ExitCode, Is.EqualTo(ExitCode.Done));
        Assert.That(report.Left, Is.Empty);
        Assert.That((fresh.ProfileCount, fresh.EventCount, fresh.TokenRecordCount, fresh.RejectedCount), Is.EqualTo((0, 0, 0, 0)));
        Assert.That(fresh.Deleted, Is.Empty);
        Assert.That(fresh.Subscriptions, Is.Empty);
    }

    [Test]
    public async Task Run_with_writes_finds_what_it_stores_and_deletes_it()
    {
        await using CleverTapEmulator fresh = await CleverTapEmulator.StartAsync();

        CheckResults report = await CheckSession.RunAsync(fresh.Endpoint, allowWrites: true);

        Assert.That(Differing(report), Is.Empty);
        Assert.That(report.Count(ClaimStatus.Agrees), Is.EqualTo(ClaimTable.All.Count));
        Assert.That(fresh.ProfileRecordCount, Is.EqualTo(1));
        Assert.That(fresh.Profiles, Is.Empty);
    }

    [Test]
    public async Task Claims_that_need_writes_are_not_sent_without_them()
    {
        CheckResults report = await CheckSession.RunAsync(emulator.Endpoint);

        Assert.That(
            report.All.Where(result => result.Finding.Status == ClaimStatus.NotShown).Select(result => result.Claim),
            Is.EqualTo(ClaimTable.All.Where(claim => claim.Probe.IsWrite))
        );
    }

    private static IEnumerable<string> Differing(CheckResults report) =>
        from result in report.All
        where result.Finding.Status is ClaimStatus.Differs or ClaimStatus.NoResponse
        select $"{result.Claim.Id}: {result.Finding.Actual}";

    private static string Actual(Claim claim, ProbeResponse response) =>
        claim.Probe is UploadProbe ? claim.Probe.Expected : response.ToString();
}
