namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>Compacted requests, which contain each destination once, by id.</summary>
public sealed class CompactedRequestTests
{
    private const string Config = """{"accountId":"acc","passcode":"pass","region":"in1"}""";

    [Test]
    public async Task A_job_finds_its_destination_by_the_id_in_its_metadata()
    {
        string destination = Job.To(Config);

        IReadOnlyList<RouterItem> routed = await Service.Rudder.RouteAsync(
            [Event(1), Event(2)],
            new Compacted($$"""{"d-0":{},"d-1":{{destination}} }""")
        );
        IReadOnlyList<ProcessorItem> processed = await Service.Rudder.ProcessAsync(
            [Event(1), Event(2)],
            new Compacted($$"""{"d-0":{},"d-1":{{destination}} }""")
        );

        Assert.That(routed.Single().Destination, Is.EqualTo(destination));
        Assert.That(
            routed.Single().BatchedRequest!.Value.GetProperty("endpoint").GetString(),
            Is.EqualTo("https://in1.api.clevertap.com/1/upload")
        );
        Assert.That(
            processed.Select(item => item.Output!.Value.GetProperty("endpoint").GetString()),
            Is.All.EqualTo("https://in1.api.clevertap.com/1/upload")
        );
    }

    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("""{"d-1":null}""")]
    [TestCase("""{"d-0":{"Config":{}}}""")]
    public async Task Job_whose_destination_is_missing_fails_with_a_retryable_status(string destinations)
    {
        IReadOnlyList<RouterItem> routed = await Service.Rudder.RouteAsync(
            [Event(1), Job.Track(2, Job.To(Config))],
            new Compacted(destinations)
        );
        IReadOnlyList<ProcessorItem> processed = await Service.Rudder.ProcessAsync(
            [Event(1), Job.Track(2, Job.To(Config))],
            new Compacted(destinations)
        );

        Assert.That(routed.Single(item => item.JobIds.Contains(1)).Status, Is.EqualTo(500));
        Assert.That(routed.Single(item => item.JobIds.Contains(2)).Status, Is.EqualTo(200));
        Assert.That(processed.Select(item => item.Status), Is.EqualTo(new[] { 500, 200 }));
    }

    private static Job Event(long id) => Job.Track(id, "") with { Destination = null };
}
