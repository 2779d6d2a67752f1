using System.Text;
using System.Text.Json;
using CsCheck;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>The stringifier writes what JSON.stringify would, and one that failed writes the next value as any other.</summary>
[TestFixture]
public sealed class EcmaScriptJsonWriterPropertyTests
{
    private static readonly Gen<NumberFormat> Numbers = Gen.OneOf(NumberFormat.Exact, NumberFormat.EcmaScript);

    [Test]
    public void A_value_is_written_as_ECMAScript_writes_it() =>
        Gen.Select(GenPlaced.WellFormed, Numbers)
            .Sample((placed, numbers) => IsStringified(new Stringifier(), placed, numbers), iter: 4_000);

    [Test]
    public void One_stringifier_writes_many_values() =>
        Gen.Select(GenPlaced.WellFormed.Array[2, 6], Numbers)
            .Sample(
                (all, numbers) =>
                {
                    var stringifier = new Stringifier();
                    foreach (Placed placed in all)
                    {
                        IsStringified(stringifier, placed, numbers);
                    }
                },
                iter: 1_000
            );

    [Test]
    public void A_damaged_value_is_rejected_or_written_and_does_not_touch_the_next() =>
        Gen.Select(GenPlaced.Damaged, GenPlaced.WellFormed, Numbers)
            .Sample(
                (damaged, whole, numbers) =>
                {
                    var stringifier = new Stringifier();
                    int start = JsonTokenizer.SkipWhiteSpace(damaged.Span, 0);
                    foreach (Func<JsonSlice, NumberFormat, bool> append in stringifier.Ways)
                    {
                        try
                        {
                            stringifier.Output.Clear();
                            append(new JsonSlice(damaged.Array, damaged.Start + start, damaged.Length - start), numbers);
                            if (Walk.ByUtf8JsonReader(damaged.Span) is not null)
                            {
                                Same(
                                    stringifier,
                                    StringifyOracle.Stringify(damaged.Span, numbers, append == stringifier.Ways[2]).Text,
                                    append == stringifier.Ways[1]
                                );
                            }
                        }
                        catch (JsonException)
                        {
                            if (Walk.ByUtf8JsonReader(damaged.Span) is not null)
                            {
                                throw;
                            }
                        }
                    }

                    IsStringified(stringifier, whole, numbers);
                },
                iter: 5_000
            );

    [Test]
    public void Large_objects_with_and_without_duplicates_come_out_the_same() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[1, 400], Gen.Bool, Numbers)
            .Sample(
                (count, distinct, nested, numbers) =>
                {
                    string members = string.Join(
                        ",",
                        Enumerable.Range(0, count).Select(i => $"\"name number {i % distinct}\":{(i % 3 == 0 ? "null" : $"[{i}.0]")}")
                    );
                    string text = nested ? $$"""[{ {{members}} },{ {{members}} }]""" : $$"""{ {{members}} }""";
                    IsStringified(new Stringifier(), Placed.Create([], Encoding.UTF8.GetBytes(text), []), numbers);
                },
                iter: 200
            );

    private static void IsStringified(Stringifier stringifier, Placed placed, NumberFormat numbers)
    {
        int start = JsonTokenizer.SkipWhiteSpace(placed.Span, 0);
        JsonTokenizer.EndOfValue(placed.Span, start, out _, out _);
        var value = new JsonSlice(placed.Array, placed.Start + start, placed.Length - start);
        for (int way = 0; way < stringifier.Ways.Length; way++)
        {
            (string? text, bool isExact) = StringifyOracle.Stringify(placed.Span, numbers, prune: way == 2);
            stringifier.Output.Clear();
            stringifier.Output.Append("before"u8);
            if (stringifier.Ways[way](value, numbers) != isExact)
            {
                throw new InvalidOperationException($"Exact should be {isExact}");
            }

            if (stringifier.AnyLeft != text is not null)
            {
                throw new InvalidOperationException($"{text ?? "Nothing"} should be left");
            }

            Same(stringifier, text is null ? "before" : "before" + (way == 1 ? StringifyOracle.AsText(text) : text), asText: false);
        }
    }

    private static void Same(Stringifier stringifier, string? expected, bool asText)
    {
        string actual = Encoding.UTF8.GetString(stringifier.Output.Written);
        if (asText)
        {
            expected = StringifyOracle.AsText(expected!);
        }

        if (actual != (expected ?? ""))
        {
            throw new InvalidOperationException($"{actual} instead of {expected}");
        }
    }

    private sealed class Stringifier
    {
        private readonly EcmaScriptJsonWriter json;

        public Stringifier()
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
