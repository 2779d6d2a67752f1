using System.Text;
using CleverTap.Rudder.Tests.Mapping;
using CsCheck;

namespace CleverTap.Rudder.Tests.Events;

public sealed class BatchPropertyTests
{
    private static readonly Gen<string> Nonsense = Gen.OneOf("", "tru", "{\"a\":x}", "01", "\"\\x\"", "{\"type\":\"track\"} 1");

    private static readonly Gen<string> Element = Gen.Frequency((4, GenEvent.Text), (1, GenJson.Value), (1, Nonsense));

    private static readonly Gen<string> SentAt = Gen.OneOf(Gen.Const("\"2024-03-01T10:00:00.000Z\""), GenJson.Value);

    private static readonly Gen<(string[] Elements, string Body)> Batches = Gen.Select(
        Element.Array[1, 8],
        SentAt,
        Gen.Int[0, 2],
        (elements, sentAt, form) => (elements, Body(elements, sentAt, form))
    );

    [Test]
    public void ReadBatch_returns_for_each_element_the_result_that_it_has_alone() =>
        Batches
            .Where(batch => batch.Elements is not [""])
            .Sample(
                batch =>
                {
                    IReadOnlyList<BatchElement> read = RudderEvent.ReadBatch(batch.Body);
                    Hold(read.Count == batch.Elements.Length, "Each element has a result");
                    for (int i = 0; i < read.Count; i++)
                    {
                        bool isEvent = RudderEvent.TryRead(batch.Elements[i], out RudderEvent? alone, out EventError? error);
                        Hold(read[i].Index == i, "Results are in order");
                        Hold(read[i].IsEvent == isEvent && read[i].Event is not null == isEvent, "A result says whether it is an event");
                        Hold(read[i].Error == error, "An error is the one of the element alone");
                        Hold(
                            !isEvent || WithoutSentAt(read[i].Event!) == WithoutSentAt(alone!),
                            "An event is the one of the element alone"
                        );
                    }
                },
                iter: 10_000,
                print: batch => batch.Body
            );

    [Test]
    public void ReadBatch_never_throws_when_the_body_is_damaged() =>
        GenMutation
            .SeveralOf(Batches.Select(batch => Encoding.UTF8.GetBytes(batch.Body)), 5)
            .Sample(
                bodies => Array.ForEach(bodies, AssertReadable),
                iter: 4_000,
                print: bodies => string.Join('\n', bodies.Select(body => $"{Encoding.UTF8.GetString(body)} ({Convert.ToHexString(body)})"))
            );

    private static void AssertReadable(byte[] body)
    {
        IReadOnlyList<BatchElement> read = RudderEvent.ReadBatch(body);
        Hold(read.Select(element => element.Index).SequenceEqual(Enumerable.Range(0, read.Count)), "Results are in order");
        Hold(read.All(element => element.Event is null != element.Error is null), "A result is an event or an error");
        foreach (BatchElement element in read)
        {
            _ = element.Event?.ToJson();
        }
    }

    private static string Body(string[] elements, string sentAt, int form) =>
        form switch
        {
            0 => $"[{string.Join(',', elements)}]",
            1 => $$"""{"batch":[ {{string.Join(" , ", elements)}} ],"sentAt":{{sentAt}} }""",
            _ => $$"""{"sentAt":{{sentAt}},"messageId":"m","batch":[{{string.Join(',', elements)}}]}""",
        };

    private static string WithoutSentAt(RudderEvent read) => (read with { SentAt = null }).ToJson();

    private static void Hold(bool held, string what)
    {
        if (!held)
        {
            throw new InvalidOperationException($"Does not hold: {what}");
        }
    }
}
