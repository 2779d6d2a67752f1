using System.Text;
using System.Text.Json;
using CsCheck;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>The output of the writer equals JSON.stringify, also after the writer failed on another value.</summary>
[TestFixture]
public sealed class EcmaScriptJsonWriterPropertyTests
{
    private static readonly Gen<NumberFormat> Numbers = Gen.OneOf(NumberFormat.Exact, NumberFormat.EcmaScript);

    [Test]
    public void Writer_output_equals_JSON_stringify() =>
        Gen.Select(GenPlaced.WellFormed, Numbers)
            .Sample((placed, numbers) => AssertStringified(new TestWriter(), placed, numbers), iter: 4_000);

    [Test]
    public void Writer_output_equals_JSON_stringify_when_one_writer_writes_many_values() =>
        Gen.Select(GenPlaced.WellFormed.Array[2, 6], Numbers)
            .Sample(
                (all, numbers) =>
                {
                    var writer = new TestWriter();
                    foreach (Placed placed in all)
                    {
                        AssertStringified(writer, placed, numbers);
                    }
                },
                iter: 1_000
            );

    [Test]
    public void Writer_writes_the_next_value_correctly_after_a_damaged_value() =>
        Gen.Select(GenPlaced.Damaged, GenPlaced.WellFormed, Numbers)
            .Sample(
                (damaged, whole, numbers) =>
                {
                    var writer = new TestWriter();
                    int start = JsonTokenizer.SkipWhiteSpace(damaged.Span, 0);
                    bool isJson = TokenList.ByUtf8JsonReader(damaged.Span) is not null;
                    foreach (Func<JsonSlice, NumberFormat, bool> append in writer.Ways)
                    {
                        try
                        {
                            writer.Output.Clear();
                            append(new JsonSlice(damaged.Array, damaged.Start + start, damaged.Length - start), numbers);
                            if (isJson)
                            {
                                AssertOutput(
                                    writer,
                                    StringifyOracle.Stringify(damaged.Span, numbers, append == writer.Ways[2]).Text,
                                    append == writer.Ways[1]
                                );
                            }
                        }
                        catch (JsonException) when (!isJson)
                        {
                            // Any other exception fails the test.
                        }
                    }

                    AssertStringified(writer, whole, numbers);
                },
                iter: 5_000
            );

    [Test]
    public void Writer_output_equals_JSON_stringify_for_large_objects_with_duplicate_names() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[1, 400], Gen.Bool, Numbers)
            .Sample(
                (count, distinct, nested, numbers) =>
                {
                    string members = string.Join(
                        ",",
                        Enumerable.Range(0, count).Select(i => $"\"name number {i % distinct}\":{(i % 3 == 0 ? "null" : $"[{i}.0]")}")
                    );
                    string text = nested ? $$"""[{ {{members}} },{ {{members}} }]""" : $$"""{ {{members}} }""";
                    AssertStringified(new TestWriter(), Placed.Create([], Encoding.UTF8.GetBytes(text), []), numbers);
                },
                iter: 200
            );

    private static void AssertStringified(TestWriter writer, Placed placed, NumberFormat numbers)
    {
        int start = JsonTokenizer.SkipWhiteSpace(placed.Span, 0);
        JsonTokenizer.EndOfValue(placed.Span, start, out _, out _);
        var value = new JsonSlice(placed.Array, placed.Start + start, placed.Length - start);
        (string? Text, bool IsExact) whole = StringifyOracle.Stringify(placed.Span, numbers);
        (string? Text, bool IsExact) pruned = StringifyOracle.Stringify(placed.Span, numbers, prune: true);
        for (int way = 0; way < writer.Ways.Length; way++)
        {
            (string? text, bool isExact) = way == 2 ? pruned : whole;
            writer.Output.Clear();
            writer.Output.Append("before"u8);
            if (writer.Ways[way](value, numbers) != isExact)
            {
                throw new InvalidOperationException($"The result should be {isExact}");
            }

            if (writer.AnyLeft != text is not null)
            {
                throw new InvalidOperationException($"Pruning should leave {text ?? "nothing"}");
            }

            AssertOutput(writer, text is null ? "before" : "before" + (way == 1 ? StringifyOracle.AsText(text) : text), asText: false);
        }
    }

    private static void AssertOutput(TestWriter writer, string? expected, bool asText)
    {
        string actual = Encoding.UTF8.GetString(writer.Output.Written);
        if (asText)
        {
            expected = StringifyOracle.AsText(expected!);
        }

        if (actual != (expected ?? ""))
        {
            throw new InvalidOperationException($"{actual} instead of {expected}");
        }
    }

    private sealed class TestWriter
    {
        private readonly EcmaScriptJsonWriter json;

        public TestWriter()
        {
            json = new EcmaScriptJsonWriter(Output);
            Ways =
            [
                (value, numbers) => json.Append(value, numbers) | !(AnyLeft = true),
                (value, numbers) => json.AppendAsText(value, numbers) | !(AnyLeft = true),
                Prune,
            ];
        }

        public Utf8Buffer Output { get; } = new();

        public Func<JsonSlice, NumberFormat, bool>[] Ways { get; }

        public bool AnyLeft { get; private set; }

        private bool Prune(JsonSlice value, NumberFormat numbers)
        {
            bool isExact = json.AppendPruned(value, numbers, out bool anyLeft);
            AnyLeft = anyLeft;
            return isExact;
        }
    }
}
