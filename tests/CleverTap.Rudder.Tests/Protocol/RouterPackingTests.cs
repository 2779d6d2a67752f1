using System.Text.Json;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary>How the router packs records into batches.</summary>
public sealed class RouterPackingTests
{
    private static string Transformed(string records, string more = "") =>
        $$$"""{"statusCode":200,"body":{"JSON":{"d":[{{{records}}}]}}{{{more}}}}""";

    [TestCase(1, new[] { 1 })]
    [TestCase(1000, new[] { 1000 })]
    [TestCase(1001, new[] { 1000, 1 })]
    [TestCase(2500, new[] { 1000, 1000, 500 })]
    public void A_batch_holds_a_thousand_records(int jobs, int[] sizes)
    {
        JsonElement[] items = ProtocolClient.Route(Tracks(1, jobs));

        Assert.That(ProtocolClient.BatchSizes(items), Is.EqualTo(sizes));
        Assert.That(items.SelectMany(ProtocolClient.Ids), Is.EqualTo(Enumerable.Range(1, jobs)));
    }

    [Test]
    public void A_pair_is_never_split()
    {
        JsonElement[] items = ProtocolClient.Route([
            .. Tracks(1, 999, ProtocolClient.TokenDestination),
            ProtocolClient.Job(1000, ProtocolClient.Pair, ProtocolClient.TokenDestination),
            ProtocolClient.Job(1001, destination: ProtocolClient.TokenDestination),
        ]);

        Assert.That(ProtocolClient.BatchSizes(items), Is.EqualTo(new[] { 999, 3 }));
        Assert.That(ProtocolClient.Ids(items[1]), Is.EqualTo(new[] { 1000, 1001 }));
    }

    [Test]
    public void Pair_may_fill_a_batch_exactly_and_counts_as_one_job()
    {
        JsonElement[] items = ProtocolClient.Route([
            .. Tracks(1, 998, ProtocolClient.TokenDestination),
            ProtocolClient.Job(999, ProtocolClient.Pair, ProtocolClient.TokenDestination),
            ProtocolClient.Job(1000, destination: ProtocolClient.TokenDestination),
        ]);

        Assert.That(ProtocolClient.BatchSizes(items), Is.EqualTo(new[] { 1000, 1 }));
        Assert.That(items.Select(item => ProtocolClient.Ids(item).Length), Is.EqualTo(new[] { 999, 1 }));
    }

    [Test]
    public void The_token_follows_its_profile()
    {
        JsonElement item = ProtocolClient.Route(ProtocolClient.Job(1, ProtocolClient.Pair, ProtocolClient.TokenDestination)).Single();

        Assert.That(
            ProtocolClient
                .Records(item.GetProperty("batchedRequest"))
                .EnumerateArray()
                .Select(record => record.GetProperty("type").GetString()),
            Is.EqualTo(new[] { "profile", "token" })
        );
        Assert.That(ProtocolClient.Ids(item), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void Invalid_job_takes_no_room_in_a_batch()
    {
        JsonElement[] items = ProtocolClient.Route([
            .. Tracks(1, 500),
            ProtocolClient.Job(501, ProtocolClient.Nonsense),
            .. Tracks(502, 500),
        ]);

        Assert.That(ProtocolClient.BatchSizes(items), Is.EqualTo(new[] { 1000 }));
        Assert.That(ProtocolClient.Ids(items[1]), Is.EqualTo(new[] { 501 }));
    }

    [Test]
    public void A_destination_begins_a_batch_of_its_own()
    {
        string other = ProtocolClient.DestinationWith("\"region\":\"sg1\"", id: "dest-2");
        JsonElement[] items = ProtocolClient.Route([.. Tracks(1, 700), .. Tracks(701, 700, other)]);

        Assert.That(ProtocolClient.BatchSizes(items), Is.EqualTo(new[] { 700, 700 }));
    }

    [Test]
    public void DontBatch_is_ignored()
    {
        string alone = ProtocolClient.Job(1).Replace("\"dontBatch\":false", "\"dontBatch\":true", StringComparison.Ordinal);

        Assert.That(ProtocolClient.Route(alone, ProtocolClient.Job(2)), Has.Length.EqualTo(1));
    }

    [Test]
    public void An_already_transformed_job_is_packed_as_it_is_with_all_its_records()
    {
        JsonElement item = ProtocolClient
            .Route(ProtocolClient.Job(1), ProtocolClient.Job(2, Transformed("""{"a":1.50},{"b":"\u0041"}""")), ProtocolClient.Job(3))
            .Single();

        Assert.That(ProtocolClient.Ids(item), Is.EqualTo(new[] { 1, 2, 3 }));
        JsonElement records = ProtocolClient.Records(item.GetProperty("batchedRequest"));
        Assert.That(
            records.EnumerateArray().Select(record => record.GetRawText()).Skip(1).Take(2),
            Is.EqualTo(new[] { """{"a":1.50}""", """{"b":"\u0041"}""" })
        );
        Assert.That(records.GetArrayLength(), Is.EqualTo(4));
    }

    [TestCase("0")]
    [TestCase("null")]
    [TestCase("false")]
    [TestCase("\"\"")]
    public void Event_with_a_falsy_statusCode_is_transformed(string statusCode)
    {
        JsonElement item = ProtocolClient
            .Route(ProtocolClient.Job(1, $$"""{"type":"track","userId":"u1","event":"Seen","statusCode":{{statusCode}}}"""))
            .Single();

        Assert.That(ProtocolClient.Records(item.GetProperty("batchedRequest"))[0].GetProperty("evtName").GetString(), Is.EqualTo("Seen"));
    }

    [TestCase("""{"statusCode":200}""", TestName = "No_body")]
    [TestCase("""{"statusCode":200,"body":{"JSON":{}}}""", TestName = "No_records")]
    [TestCase("""{"statusCode":200,"body":{"JSON":{"d":[]}}}""", TestName = "No_record")]
    [TestCase("""{"statusCode":200,"body":{"JSON":{"d":[null]}}}""", TestName = "A_null_record")]
    [TestCase("""{"statusCode":"200","body":[]}""", TestName = "A_body_of_a_wrong_kind")]
    public void An_already_transformed_job_without_records_fails_alone(string message)
    {
        JsonElement[] items = ProtocolClient.Route(ProtocolClient.Job(1), ProtocolClient.Job(2, message), ProtocolClient.Job(3));

        Assert.That(items.Select(ProtocolClient.Ids), Is.EqualTo(new[] { new[] { 1, 3 }, [2] }));
        Assert.That(ProtocolClient.StatusCode(items[1]), Is.EqualTo(400));
    }

    [Test]
    public void An_already_transformed_job_with_too_many_records_fails_alone()
    {
        string many = Transformed(string.Join(',', Enumerable.Repeat("{}", 1001)));

        Assert.That(
            ProtocolClient.Route(ProtocolClient.Job(1, many), ProtocolClient.Job(2)).Select(ProtocolClient.StatusCode),
            Is.EqualTo(new[] { 200, 400 })
        );
    }

    [Test]
    public void An_already_transformed_job_needs_a_destination_too()
    {
        JsonElement item = ProtocolClient.Route(ProtocolClient.Job(1, Transformed("{}"), destination: null)).Single();

        Assert.That(ProtocolClient.StatusCode(item), Is.EqualTo(500));
    }

    private static IEnumerable<string> Tracks(int first, int count, string destination = ProtocolClient.Destination) =>
        Enumerable.Range(first, count).Select(id => ProtocolClient.Job(id, destination: destination));
}
