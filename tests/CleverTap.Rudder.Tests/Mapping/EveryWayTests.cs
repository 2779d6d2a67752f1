using System.Text;

namespace CleverTap.Rudder.Tests.Mapping;

[TestFixture]
public sealed class EveryWayTests
{
    private static readonly byte[][] Events = [.. MappingCase.All.Select(one => Encoding.UTF8.GetBytes(one.Text))];

    [Test]
    public void Transform_gives_one_outcome_for_every_case_with_every_transformer()
    {
        foreach (byte[] utf8 in Events)
        {
            foreach (CleverTapTransformer transformer in Invariants.Transformers)
            {
                Invariants.HasOneOutcome(transformer.Transform(utf8));
            }
        }
    }

    [Test]
    public void Transform_gives_equal_results_for_every_case_by_every_overload()
    {
        foreach (MappingCase one in MappingCase.All.Where(one => one.Options.MaxEventBytes == MappingOptions.DefaultMaxEventBytes))
        {
            Invariants.GivesEqualResultsByEveryOverload(new CleverTapTransformer(one.Options), Encoding.UTF8.GetBytes(one.Text));
        }
    }

    [Category("Slow")]
    [Test]
    public void Shared_transformer_gives_equal_results_on_many_threads()
    {
        foreach (CleverTapTransformer transformer in Invariants.Transformers)
        {
            TransformResult[] sequential = [.. Events.Select(utf8 => transformer.Transform(utf8))];
            Parallel.For(
                0,
                Events.Length * 20,
                new ParallelOptions { MaxDegreeOfParallelism = 8 },
                i => Invariants.AreEqual(sequential[i % Events.Length], transformer.Transform(Events[i % Events.Length]))
            );
        }
    }

    [Test]
    public void Transform_can_be_called_by_the_output_of_another_transformation()
    {
        byte[] utf8 = Encoding.UTF8.GetBytes("""{"type":"identify","userId":"u1","traits":{"plan":"pro"}}""");
        var output = new NestedOutput(() => CleverTapTransformer.Default.Transform("""{"type":"track","userId":"u2","event":"Seen"}"""));
        Utf8TransformResult result = CleverTapTransformer.Default.Transform(utf8, output);
        Assert.That(result.RecordCount, Is.EqualTo(1));
        Assert.That(
            Encoding.UTF8.GetString(output.Written),
            Is.EqualTo(CleverTapTransformer.Default.Transform(utf8).Records.Single().ToJson())
        );
    }

    /// <summary>Is an output that transforms another event whenever it is written to.</summary>
    private sealed class NestedOutput(Func<TransformResult> transform) : System.Buffers.IBufferWriter<byte>
    {
        private readonly System.Buffers.ArrayBufferWriter<byte> written = new();

        public ReadOnlySpan<byte> Written => written.WrittenSpan;

        public void Advance(int count) => written.Advance(count);

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            transform();
            return written.GetMemory(sizeHint);
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
