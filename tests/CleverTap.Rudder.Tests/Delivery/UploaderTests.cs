using Microsoft.Extensions.Logging.Abstractions;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>An upload in its turn, when something happens while it waits for it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UploaderTests
{
    private static readonly CleverTapOptions Options = OptionsTests.Good();
    private readonly InFlightLimit limit = new(1);
    private readonly UploadBatch batch = new([new RecordOfEvent(0, CleverTapTransformer.Default.Transform(new TrackEvent { UserId = "u", Event = "e" }).Records[0])]);

    [Test]
    public async Task An_upload_that_waited_while_another_lane_met_refused_credentials_is_not_sent()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Success(1));
        using var meters = new TestMeters();
        var run = new DeliveryRun([], Options, TimeProvider.System, CancellationToken.None);
        await limit.EnterAsync(default);
        Task<CleverTapResponse?> upload = Uploader(server, meters).UploadAsync(batch, run);

        run.Stop(DeliveryFailure.Of(new CleverTapResponse { Status = ResponseStatus.Unauthorized }));
        limit.Leave(throttled: false);

        Assert.That(await upload, Is.Null);
        Assert.That((server.Requests, limit.InFlight), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task An_upload_whose_turn_never_comes_ends_with_its_call()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Success(1));
        using var meters = new TestMeters();
        using var cancel = new CancellationTokenSource();
        await limit.EnterAsync(default);
        Task<CleverTapResponse?> upload = Uploader(server, meters).UploadAsync(batch, new DeliveryRun([], Options, TimeProvider.System, cancel.Token));

        await cancel.CancelAsync();

        Assert.That(await upload, Is.Null);
        limit.Leave(throttled: false);
        Assert.That((server.Requests, limit.InFlight), Is.EqualTo((0, 0)));
    }

    private CleverTapUploader Uploader(ScriptedServer server, TestMeters meters)
    {
        var http = new HttpClient(server, disposeHandler: false);
        var monitor = new DeliveryMonitor("", new CleverTapMetrics(meters), new CleverTapHealth(), NullLogger.Instance, TimeProvider.System);
        return new CleverTapUploader(() => new CleverTapClient(http, Options), Options, limit, monitor);
    }
}
