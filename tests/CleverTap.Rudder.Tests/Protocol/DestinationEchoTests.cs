using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary>The router's response repeats the destination of a compacted request up to a limit.</summary>
public sealed class DestinationEchoTests
{
    private const int Jobs = 1000;
    private const int DestinationBytes = 1024 * 1024;
    private const int MaxResponseBytes = 24 * 1024 * 1024;

    private static readonly string Filler = new('x', DestinationBytes);

    [Category("Slow")]
    [Test]
    public void Errors_of_many_compacted_jobs_repeat_a_large_destination_up_to_a_bound()
    {
        JsonElement[] items = Route(
            Compacted(ProtocolClient.DestinationWith($"\"filler\":\"{Filler}\""), ProtocolClient.Nonsense),
            out int bytes
        );

        Assert.That(bytes, Is.LessThan(MaxResponseBytes));
        Assert.That(items.SelectMany(ProtocolClient.Ids), Is.EqualTo(Enumerable.Range(1, Jobs)));
        Assert.That(items.Select(ProtocolClient.StatusCode), Is.All.EqualTo(400));
        Assert.That(items[0].GetProperty("destination").GetRawText(), Has.Length.GreaterThan(DestinationBytes));
        Assert.That(items[^1].GetProperty("destination").GetRawText(), Is.EqualTo("""{"ID":"dest-1"}"""));
    }

    [Test]
    public void Errors_omit_the_destination_id_when_the_id_is_large()
    {
        JsonElement[] items = Route(
            Compacted(ProtocolClient.DestinationWith("\"a\":1", id: Filler), ProtocolClient.Nonsense),
            out int bytes
        );

        Assert.That(bytes, Is.LessThan(MaxResponseBytes));
        Assert.That(items[^1].GetProperty("destination").GetRawText(), Is.EqualTo("{}"));
    }

    [Category("Slow")]
    [Test]
    public void Batches_of_templates_repeat_a_large_destination_up_to_a_bound_and_further_jobs_get_an_error()
    {
        string destination = ProtocolClient.DestinationWith($"\"name\":\"{{{{ event.properties.name || x }}}}\",\"filler\":\"{Filler}\"");

        JsonElement[] items = Route(
            Compacted(destination, """{"type":"track","userId":"u","event":"Seen","properties":{"name":"?"}}""", jobs: 40),
            out int bytes
        );

        Assert.That(bytes, Is.LessThan(MaxResponseBytes));
        Assert.That(items.SelectMany(ProtocolClient.Ids), Is.EquivalentTo(Enumerable.Range(1, 40)));
        Assert.That(items.Select(ProtocolClient.StatusCode).Distinct(), Is.EquivalentTo(new[] { 200, 400 }));
        Assert.That(
            items.Last(item => ProtocolClient.StatusCode(item) == 400).GetProperty("error").GetString(),
            Does.StartWith("The destinations of the response are too large")
        );
    }

    [Test]
    public void Errors_of_small_compacted_jobs_repeat_their_destination_unchanged()
    {
        JsonElement[] items = Route(Compacted(ProtocolClient.Destination, ProtocolClient.Nonsense), out _);

        Assert.That(items.Select(item => item.GetProperty("destination").GetRawText()), Is.All.EqualTo(ProtocolClient.Destination));
    }

    [Test]
    public void Errors_of_plain_jobs_always_repeat_their_destination_unchanged()
    {
        string destination = ProtocolClient.DestinationWith($"\"filler\":\"{Filler}\"");

        JsonElement[] items = Route(
            ProtocolClient.RouterBody(Enumerable.Range(1, 30).Select(id => ProtocolClient.Job(id, ProtocolClient.Nonsense, destination))),
            out _
        );

        Assert.That(items.Select(item => item.GetProperty("destination").GetRawText()), Is.All.EqualTo(destination));
    }

    [TestCase("accountId")]
    [TestCase("passcode")]
    public void Very_long_account_id_or_passcode_is_a_configuration_error(string setting)
    {
        string config = $$"""{"accountId":"acc","passcode":"p","{{setting}}":"{{Filler}}"}""";
        string body = $$"""{"input":[{{Job(1, ProtocolClient.Track)}}],"destinations":{"dest-1":{"ID":"dest-1","Config":{{config}} } } }""";

        JsonElement item = ProtocolClient.Processor(body).Body.EnumerateArray().Single();

        Assert.That(ProtocolClient.StatusCode(item), Is.EqualTo(400));
        Assert.That(item.GetProperty("error").GetString(), Is.EqualTo("Config.accountId and passcode must have at most 1024 characters"));
    }

    [Test]
    public void Template_memory_grows_linearly_with_the_number_of_templates()
    {
        long small = AllocatedFor(1000);

        Assert.That(AllocatedFor(8000), Is.LessThan(16 * small));
    }

    /// <summary>Measures one job whose destination has this many templates, each with a value of the event.</summary>
    private static long AllocatedFor(int templates)
    {
        string config = string.Join(',', Enumerable.Range(0, templates).Select(i => $"\"c{i}\":\"{{{{ event.properties.p{i} || x }}}}\""));
        string properties = string.Join(',', Enumerable.Range(0, templates).Select(i => $"\"p{i}\":\"value {i}\""));
        byte[] body = Encoding.UTF8.GetBytes(
            ProtocolClient.RouterBody(
                ProtocolClient.Job(
                    1,
                    $$$"""{"type":"track","userId":"u","event":"Seen","properties":{{{{properties}}}}}""",
                    ProtocolClient.DestinationWith(config)
                )
            )
        );
        var protocol = new RudderTransformerProtocol();
        protocol.Route(body, new ArrayBufferWriter<byte>());
        long before = GC.GetAllocatedBytesForCurrentThread();
        protocol.Route(body, new ArrayBufferWriter<byte>());
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Job(int id, string message) => ProtocolClient.Job(id, message, destination: null);

    private static string Compacted(string destination, string message, int jobs = Jobs)
    {
        IEnumerable<string> input = Enumerable
            .Range(1, jobs)
            .Select(id => Job(id, message.Replace("?", $"name {id}", StringComparison.Ordinal)));
        return $$"""{"destType":"clevertap","input":[{{string.Join(',', input)}}],"destinations":{"dest-1":{{destination}} } }""";
    }

    private static JsonElement[] Route(string body, out int bytes)
    {
        var response = new ArrayBufferWriter<byte>();
        int status = new RudderTransformerProtocol().Route(Encoding.UTF8.GetBytes(body), response);
        Assert.That(status, Is.EqualTo(200));
        bytes = response.WrittenCount;
        return [.. ProtocolClient.Parse(response.WrittenSpan).GetProperty("output").EnumerateArray()];
    }
}
