using System.Buffers;
using System.Text;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Checks that a transformation reads a copy of its input, which a caller may change at any time.</summary>
[TestFixture]
public sealed class ChangedInputTests
{
    private const string Event =
        """{"type":"track","messageId":"m-1","userId":"u1","event":"Seen","properties":{"plan":"pro","n":12.5,"list":[1,"two"]}}""";

    private const string Record =
        """{"type":"event","identity":"u1","evtName":"Seen","evtData":{"plan":"pro","n":12.5,"list":"[1,\"two\"]"}}""";

    [Test]
    public void Transform_gives_the_original_records_when_a_mapper_changes_the_input(
        [Values(0, (int)'{', (int)'"', (int)'\\', 0xFF)] int filling
    )
    {
        byte[] input = Encoding.UTF8.GetBytes(Event);
        CleverTapTransformer transformer = HostMappers.Track(
            (rudderEvent, options) =>
            {
                Array.Fill(input, (byte)filling);
                return CallMappers.Default.Track.Map(rudderEvent, options);
            }
        );

        Assert.That(transformer.Transform(input).Records.Single().ToJson(), Is.EqualTo(Record));
        Assert.That(input, Is.All.EqualTo((byte)filling));
    }

    [Test]
    public void Transform_gives_the_original_records_when_the_output_changes_the_input()
    {
        byte[] input = Encoding.UTF8.GetBytes(Event);
        var output = new ChangingOutput(() => Array.Fill(input, (byte)'x'));

        Utf8TransformResult result = CleverTapTransformer.Default.Transform(input, output);

        Assert.That((result.Status, Encoding.UTF8.GetString(output.Written)), Is.EqualTo((TransformStatus.Mapped, Record)));
    }

    [Test]
    public void Transform_gives_a_result_and_no_exception_when_another_thread_changes_the_input([Values] bool toUtf8)
    {
        byte[] original = Encoding.UTF8.GetBytes(Event);
        byte[] input = [.. original];
        using var stop = new CancellationTokenSource();
        Task attack = Task.Run(() => Overwrite(input, original, stop.Token));
        var output = new ArrayBufferWriter<byte>();

        try
        {
            for (int round = 0; round < 20_000; round++)
            {
                if (toUtf8)
                {
                    output.ResetWrittenCount();
                    Utf8TransformResult result = CleverTapTransformer.Default.Transform(input, output);
                    Assert.That(output.WrittenCount > 0, Is.EqualTo(result.Status == TransformStatus.Mapped));
                }
                else
                {
                    Invariants.HasOneOutcome(CleverTapTransformer.Default.Transform(input));
                }
            }
        }
        finally
        {
            stop.Cancel();
            attack.Wait();
        }
    }

    private static void Overwrite(byte[] input, byte[] original, CancellationToken stop)
    {
        var random = new Random(1);
        while (!stop.IsCancellationRequested)
        {
            int index = random.Next(input.Length);
            input[index] = "{}[]\",:\\0"u8[random.Next(9)];
            Thread.SpinWait(20);
            input[index] = original[index];
        }
    }

    /// <summary>Is an output that runs an action whenever it is written to.</summary>
    private sealed class ChangingOutput(Action change) : IBufferWriter<byte>
    {
        private readonly ArrayBufferWriter<byte> written = new();

        public ReadOnlySpan<byte> Written => written.WrittenSpan;

        public void Advance(int count) => written.Advance(count);

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            change();
            return written.GetMemory(sizeHint);
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
