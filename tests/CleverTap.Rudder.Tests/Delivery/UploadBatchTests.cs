using System.Text;

namespace CleverTap.Rudder.Tests.Delivery;

public sealed class UploadBatchTests
{
    private static readonly CleverTapRecord Event = Record(RecordKind.Event, """{"type":"event"}""");
    private static readonly CleverTapRecord Token = Record(RecordKind.Token, """{"type":"token"}""");

    [TestCase(0, 0, 1000, "")]
    [TestCase(1000, 0, 1000, "1000")]
    [TestCase(1001, 0, 1000, "1000 1")]
    [TestCase(5, 0, 2, "2 2 1")]
    [TestCase(1, 101, 1000, "1 100 1")]
    [TestCase(0, 5, 2, "2 2 1")]
    public void Uploads_are_cut_by_count_and_tokens_go_apart_and_last(int events, int tokens, int most, string sizes)
    {
        IEnumerable<UploadBatch> batches = UploadBatch.Cut([.. Enumerable.Repeat(new RecordOfEvent(0, Token), tokens), .. Enumerable.Repeat(new RecordOfEvent(0, Event), events)], most, int.MaxValue);

        Assert.That(string.Join(' ', batches.Select(batch => batch.Records.Count)), Is.EqualTo(sizes));
    }

    [Test]
    public void No_body_is_larger_than_the_cap_unless_one_record_alone_is()
    {
        const int Cap = 92;
        CleverTapRecord large = Record(RecordKind.Event, $$"""{"type":"event","evtName":"{{new string('x', 200)}}"}""");

        UploadBatch[] batches = [.. UploadBatch.Cut([.. Enumerable.Repeat(new RecordOfEvent(0, Event), 20), new RecordOfEvent(1, large), new RecordOfEvent(2, Event)], 1000, Cap)];

        Assert.That(batches.Sum(batch => batch.Records.Count), Is.EqualTo(22));
        Assert.That(batches.Select(Body).Where(body => body.Length > Cap), Has.Exactly(1).Items);
        Assert.That(batches.Single(batch => Body(batch).Length > Cap).Records, Has.Count.EqualTo(1));
        Assert.That(batches[0].Records, Has.Count.EqualTo(5), "16 bytes each, commas between them and 8 bytes around: five fit exactly");
    }

    [Test]
    public void A_first_record_larger_than_the_cap_goes_alone_and_no_upload_is_empty() =>
        Assert.That(UploadBatch.Cut([new RecordOfEvent(0, Event), new RecordOfEvent(1, Event)], 1000, maxBytes: 1).Select(batch => batch.Count), Is.EqualTo(new[] { 1, 1 }));

    [Test]
    public void Records_keep_their_order()
    {
        RecordOfEvent[] records = [.. Enumerable.Range(0, 25).Select(index => new RecordOfEvent(index, Event))];

        Assert.That(UploadBatch.Cut(records, 4, 100).SelectMany(batch => batch.Records), Is.EqualTo(records));
    }

    [TestCase(2, "0|1")]
    [TestCase(5, "0 1 2|3 4")]
    public void A_batch_falls_into_two_halves(int count, string halves)
    {
        (UploadBatch first, UploadBatch second) = new UploadBatch([.. Enumerable.Range(0, count).Select(index => new RecordOfEvent(index, Event))]).Halve();

        Assert.That(string.Join('|', new[] { first, second }.Select(half => string.Join(' ', half.Records.Select(record => record.Event)))), Is.EqualTo(halves));
    }

    [Test]
    public void The_body_is_what_CleverTap_asks_for()
    {
        Assert.That(Encoding.UTF8.GetString(Body([])), Is.EqualTo("""{"d":[]}"""));
        Assert.That(Encoding.UTF8.GetString(Body([Event, Token])), Is.EqualTo("""{"d":[{"type":"event"},{"type":"token"}]}"""));
    }

    [TestCase(1, 10)]
    [TestCase(1, 65_536)]
    [TestCase(3, 65_533)]
    [TestCase(3, 200_000)]
    [TestCase(1000, 300)]
    public void A_body_is_the_same_whatever_fits_the_buffer_it_is_sent_from(int count, int bytes)
    {
        CleverTapRecord[] records = [.. Enumerable.Range(0, count).Select(i => CleverTapRecord.Create(RecordKind.Event, Encoding.UTF8.GetBytes($"\"{new string((char)('a' + (i % 26)), bytes - 2)}\"")))];

        Assert.That(Encoding.UTF8.GetString(Body(records)), Is.EqualTo($"{{\"d\":[{string.Join(',', records.Select(record => record.ToJson()))}]}}"));
    }

    private static byte[] Body(UploadBatch batch) => Body([.. batch.Records.Select(entry => entry.Record)]);

    private static byte[] Body(CleverTapRecord[] records)
    {
        using var content = new UploadContent([.. records.Select((record, place) => new RecordOfEvent(place, record))]);
        byte[] body = content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        Assert.That(content.Headers.ContentLength, Is.EqualTo(body.Length));
        return body;
    }

    private static CleverTapRecord Record(RecordKind kind, string json) => CleverTapRecord.Create(kind, Encoding.UTF8.GetBytes(json));
}
