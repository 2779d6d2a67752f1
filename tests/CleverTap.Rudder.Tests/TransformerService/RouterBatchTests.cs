namespace CleverTap.Rudder.Tests.TransformerService;

/// <summary>The batches of the router.</summary>
public sealed class RouterBatchTests
{
    private const string Anonymous = """{"type":"track","anonymousId":"anon","event":"e"}""";
    private static readonly string Plain = Job.To("""{"accountId":"acc","passcode":"pass"}""");
    private static readonly string WithObjectIds = Job.To("""{"accountId":"acc","passcode":"pass","enableObjectIdMapping":true}""");

    [Test]
    public async Task Pairs_of_a_profile_and_its_token_stay_together_in_full_batches()
    {
        Job[] jobs = [.. Enumerable.Range(1, 2500).Select(id => Job.Pair(id, WithObjectIds))];

        IReadOnlyList<RouterItem> items = await Service.Rudder.RouteAsync(jobs);

        Assert.That(items.Select(item => (item.JobIds.Count, item.Records.Count)), Is.All.EqualTo((500, 1000)));
        Assert.That(items.SelectMany(item => item.JobIds), Is.EqualTo(Enumerable.Range(1, 2500)));
        Assert.That(
            items.SelectMany(item => item.Records).Select(record => record.GetProperty("type").GetString()).Chunk(2),
            Is.All.EqualTo(new[] { "profile", "token" })
        );
    }

    [TestCase(999, new[] { 999, 3 })]
    [TestCase(998, new[] { 1000, 1 })]
    public async Task Pair_without_room_begins_a_new_batch(int before, int[] records)
    {
        Job[] jobs =
        [
            .. Enumerable.Range(1, before).Select(id => Job.Track(id, WithObjectIds)),
            Job.Pair(2001, WithObjectIds),
            Job.Track(2002, WithObjectIds),
        ];

        IReadOnlyList<RouterItem> items = await Service.Rudder.RouteAsync(jobs);

        Assert.That(items.Select(item => item.Records.Count), Is.EqualTo(records));
    }

    [Test]
    public async Task A_batch_is_of_one_destination_and_errors_come_after_its_batches()
    {
        string other = Job.To("""{"accountId":"other","passcode":"pass"}""", "d-2");
        string respelt = Job.To("""{ "passcode": "pass", "accountId": "acc" }""");
        Job[] jobs =
        [
            new(1, Anonymous, Plain),
            Job.Track(2, other),
            Job.Track(3, Plain),
            new(4, Anonymous, other),
            Job.Track(5, respelt),
            Job.Track(6, other),
        ];

        IReadOnlyList<RouterItem> items = await Service.Rudder.RouteAsync(jobs);

        Assert.That(items.Select(item => string.Join(',', item.JobIds)), Is.EqualTo(new[] { "3,5", "1", "2,6", "4" }));
        Assert.That(items.Select(item => item.Destination), Is.EqualTo(new[] { Plain, Plain, other, other }));
    }

    [Test]
    public async Task Destination_id_with_two_settings_counts_as_two_destinations()
    {
        IReadOnlyList<RouterItem> items = await Service.Rudder.RouteAsync([
            Job.Track(1, Plain),
            Job.Track(2, WithObjectIds),
            Job.Track(3, Plain),
        ]);

        Assert.That(items.Select(item => string.Join(',', item.JobIds)), Is.EqualTo(new[] { "1,3", "2" }));
    }

    [Test]
    public async Task A_job_that_is_transformed_already_is_packed_as_it_is()
    {
        const string Record = """{"type":"event","evtName":"Ready","evtData":{},"identity":"user"}""";
        Job ready = new(2, $$"""{"statusCode":200,"endpoint":"https://evil.example/","body":{"JSON":{"d":[{{Record}}]} } }""", Plain);

        RouterItem item = (await Service.Rudder.RouteAsync([Job.Track(1, Plain), ready])).Single();

        Assert.That(item.JobIds, Is.EqualTo(new[] { 1, 2 }));
        Assert.That(item.Records[1].GetRawText(), Is.EqualTo(Record));
        Assert.That(item.BatchedRequest!.Value.GetProperty("endpoint").GetString(), Is.EqualTo("https://api.clevertap.com/1/upload"));
    }

    [TestCase("""{"statusCode":200}""", 400)]
    [TestCase("""{"statusCode":200,"body":{"JSON":{"d":[]}}}""", 400)]
    [TestCase("""{"statusCode":200,"body":{"JSON":{"d":[null]}}}""", 400)]
    [TestCase("""{"statusCode":"x","body":5}""", 400)]
    [TestCase("""{"statusCode":422,"error":"No"}""", 422)]
    public async Task A_transformed_job_without_records_fails_alone(string message, int status)
    {
        IReadOnlyList<RouterItem> items = await Service.Rudder.RouteAsync([
            new(1, message, Plain),
            Job.Track(2, Plain),
            new(3, message, null),
        ]);

        Assert.That(items.Select(item => (item.JobIds.Single(), item.Status)), Is.EqualTo(new[] { (2L, 200), (1L, status), (3L, 500) }));
    }

    [TestCase("""{"destType":"clevertap"}""")]
    [TestCase("""{"destType":" CleverTap ","input":[]}""")]
    [TestCase("""{"destType":"clevertap","input":{}}""")]
    [TestCase("""{"destType":"clevertap","input":null}""")]
    public async Task No_jobs_are_the_protocols_own_error(string body)
    {
        using HttpResponseMessage response = await Service.Rudder.PostAsync("/routerTransform", body);

        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Is.EqualTo(
                """{"output":[{"metadata":[{"destType":"clevertap"}],"batched":false,"statusCode":400,"error":"Invalid event array"}]}"""
            )
        );
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }
}
