using System.Text;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>Ten times the input needs at most eleven times the memory.</summary>
/// <remarks>The tests measure memory and not time, so a busy machine does not affect them.</remarks>
[TestFixture]
public sealed class LinearCostTests
{
    /// <summary>The bytes per byte of the smaller event whose cost reused buffers may hide.</summary>
    private const int KeptPerByte = 32;

    private static readonly CleverTapTransformer Transformer = new(MappingOptions.Default with { MaxEventBytes = int.MaxValue });

    private static readonly Dictionary<string, Func<int, string>> Shapes = new()
    {
        ["properties"] = n => Track(Joined(n, i => $"\"name{i}\":{i}")),
        ["properties with escapes"] = n => Track(Joined(n, i => $"\"na\\u006de{i}\":\"a\\nb\"")),
        ["duplicate names"] = n => Track(Joined(n, i => $"\"name\":{i}")),
        ["nested duplicate names"] = n => Track($"\"bag\":{{{Joined(n, i => $"\"name{i % 10}\":{i}")}}}"),
        ["nested array indexes"] = n => Track($"\"bag\":{{{Joined(n, i => $"\"{n - i}\":{i}")}}}"),
        ["nested objects"] = n => Track($"\"bag\":[{Joined(n, i => $"{{\"a\":{i},\"b\":[{i}.0]}}")}]"),
        ["one long text"] = n => Track($"\"text\":\"{new string('x', n * 10)}\""),
        ["one long text of escapes"] = n => Track($"\"text\":[\"{string.Concat(Enumerable.Repeat("\\\"\\u00e9", n))}\"]"),
        ["items"] = n =>
            $$"""
                {"type":"track","userId":"u","event":"Order Completed","properties":{"order_id":"o","products":[{{Joined(n, Product)}}]} }
                """,
        ["traits"] = n => $$"""{"type":"identify","userId":"u","traits":{ {{Joined(n, i => $"\"Some Trait {i}\":{i}")}} } }""",
        ["unclosed"] = n => string.Concat(Enumerable.Repeat("""{"type":"track","userId":"u","properties":{"a":[""", n)),
        ["unclosed properties"] = n =>
            $$"""{"type":"track","userId":"u","event":"e","properties":{ {{Joined(n, i => $"\"a{i}\":[1")}} } }""",
    };

    [Test]
    public void Transform_allocates_at_most_eleven_times_as_much_for_an_event_ten_times_as_large(
        [ValueSource(nameof(Names))] string shape,
        [Values(100, 1_000)] int count
    )
    {
        byte[] small = Encoding.UTF8.GetBytes(Shapes[shape](count));
        byte[] large = Encoding.UTF8.GetBytes(Shapes[shape](count * 10));

        Assert.That(Allocated(large), Is.LessThanOrEqualTo(11 * Math.Max(Allocated(small), KeptPerByte * small.Length)));
    }

    [Test]
    public void Transform_allocates_little_for_a_small_event_after_a_huge_one()
    {
        byte[] small = Encoding.UTF8.GetBytes(Shapes["properties"](10));
        Allocated(small);
        Allocated(Encoding.UTF8.GetBytes(Shapes["properties"](10_000)));
        Run(small);

        Assert.That(Allocated(small), Is.LessThan(1_024));
    }

    /// <summary>Each rejection needs one look-up, and each accepted record is read once.</summary>
    [Test]
    public void Record_matching_allocates_at_most_eleven_times_as_much_for_ten_times_the_rejections()
    {
        long small = AllocatedByRejections(100);
        Assert.That(AllocatedByRejections(1_000), Is.LessThanOrEqualTo(11 * small));
    }

    private static string[] Names() => [.. Shapes.Keys];

    private static string Track(string properties) => $$"""{"type":"track","userId":"u","event":"e","properties":{ {{properties}} } }""";

    private static string Product(int index) => $"{{\"sku\":\"{index}\",\"sku\":{index}}}";

    private static string Joined(int count, Func<int, string> part) => string.Join(",", Enumerable.Range(0, count).Select(part));

    private static long Allocated(byte[] utf8)
    {
        Run(utf8);
        Run(utf8);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(utf8);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Run(byte[] utf8) => Transformer.Transform(utf8, new DiscardingWriter());

    private static long AllocatedByRejections(int count)
    {
        CleverTapRecord[] records = [.. Enumerable.Range(0, count).Select(Profile)];
        UnprocessedRecord[] rejected = [.. records.Where((_, index) => index % 2 == 0).Reverse().Select(Reject)];

        long before = GC.GetAllocatedBytesForCurrentThread();
        var rejections = new UnprocessedRecord?[count];
        var echoes = new RecordMatcher(records, rejections);
        foreach (UnprocessedRecord rejection in rejected)
        {
            rejections[echoes.IndexOf(rejection)] = rejection;
        }

        var accepted = new AcceptedProfiles(records, rejections);
        for (int index = 0; index < count; index += 2)
        {
            accepted.WithoutOverwritten(records[index], index);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(rejections.Count(rejection => rejection is not null), Is.EqualTo(rejected.Length));
        return allocated;
    }

    private static CleverTapRecord Profile(int index) =>
        CleverTapRecord.Create(
            RecordKind.Profile,
            Encoding.UTF8.GetBytes(
                $$"""{"type":"profile","identity":"u{{index / 2}}","profileData":{"a":{{index}},"b":{{1000 + index}} } }"""
            )
        );

    private static UnprocessedRecord Reject(CleverTapRecord record) => new(null, 500, "later") { Echo = new JsonSlice(record.Utf8Json) };

    /// <summary>Discards all records.</summary>
}
