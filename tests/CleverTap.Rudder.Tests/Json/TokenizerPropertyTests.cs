using System.Text;
using System.Text.Json;
using CsCheck;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>What the scanner and the readers find is what Utf8JsonReader finds, and they take nothing that it does not take.</summary>
[TestFixture]
public sealed class TokenizerPropertyTests
{
    [Test]
    public void Containers_end_where_they_end() =>
        GenPlaced.WellFormed.Sample(
            placed =>
            {
                // The slice of the value, and everything up to the end of the array: what stands behind it changes nothing.
                ReadOnlySpan<byte> rest = placed.Array.AsSpan(placed.Start);
                var reader = new Utf8JsonReader(placed.Span, JsonSlice.AnyDepth);
                while (reader.Read())
                {
                    if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                    {
                        continue;
                    }

                    Utf8JsonReader skipping = reader;
                    (int start, int deepest) = ((int)reader.TokenStartIndex, 0);
                    int outside = skipping.CurrentDepth;
                    while (skipping.Read() && skipping.CurrentDepth > outside)
                    {
                        deepest = Math.Max(
                            deepest,
                            skipping.CurrentDepth
                                - outside
                                + (skipping.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0)
                        );
                    }

                    Same(JsonBlockScanner.FindEnd(placed.Span, start, out int depth), (int)skipping.BytesConsumed, "end");
                    Same(JsonBlockScanner.FindEnd(rest, start, out int depthWithRest), (int)skipping.BytesConsumed, "end, more behind");
                    Same(JsonTokenizer.EndOfValue(rest, start, out _, out _), (int)skipping.BytesConsumed, "end of the value");
                    if (Math.Min(depth, depthWithRest) < Math.Max(1, deepest))
                    {
                        throw new InvalidOperationException($"{deepest} levels, but {depth} were told");
                    }
                }
            },
            iter: 12_000
        );

    [Test]
    public void Unclosed_containers_have_no_end() =>
        GenPlaced.WellFormed.Sample(
            placed =>
            {
                int start = JsonTokenizer.SkipWhiteSpace(placed.Span, 0);
                if (placed.Span[start] is not ((byte)'{' or (byte)'['))
                {
                    return;
                }

                int end = JsonBlockScanner.FindEnd(placed.Span, start, out _);
                for (int cut = start + 1; cut < end; cut += 1 + (end / 50))
                {
                    Same(JsonBlockScanner.FindEnd(placed.Span[..cut], start, out _), -1, $"end of {cut} bytes");
                }
            },
            iter: 1_000
        );

    [Test]
    public void Readers_find_what_stands_there() =>
        GenPlaced.WellFormed.Sample(
            placed =>
            {
                string? expected = Walk.ByUtf8JsonReader(placed.Span);
                if (expected is null)
                {
                    throw new InvalidOperationException("The generator is at fault");
                }

                if (Walk.ByReaders(placed.Value) != expected)
                {
                    throw new InvalidOperationException($"{Walk.ByReaders(placed.Value)} instead of {expected}");
                }
            },
            iter: 15_000
        );

    [Test]
    public void Readers_take_a_damaged_text_only_where_it_is_JSON_still() =>
        GenPlaced.Damaged.Sample(
            placed =>
            {
                string? expected = Walk.ByUtf8JsonReader(placed.Span);
                string? actual = null;
                try
                {
                    actual = Walk.ByReaders(placed.Value);
                }
                catch (JsonException)
                {
                    // Nothing else may be thrown.
                }

                if (actual != expected)
                {
                    throw new InvalidOperationException($"{actual ?? "rejected"} instead of {expected ?? "rejected"}");
                }
            },
            iter: 30_000
        );

    [Test]
    public void Scalars_are_taken_if_and_only_if_they_are_JSON() =>
        Gen.Select(GenPlaced.NearlyScalar, Gen.Int[0, 70], Gen.OneOf("", ",", "]", " ", "}", "\n"))
            .Sample(
                (text, before, behind) =>
                {
                    byte[] bytes = Encoding.UTF8.GetBytes($"{new string(' ', before)}{text}{behind}");
                    int length = Encoding.UTF8.GetByteCount(text);
                    bool isJson =
                        text[0] is not (' ' or '[' or '{' or '\t' or '\n')
                        && Walk.ByUtf8JsonReader(bytes.AsSpan(before, length)) is not null;
                    int end = -1;
                    try
                    {
                        end = JsonTokenizer.EndOfValue(bytes, before, out _, out _);
                    }
                    catch (JsonException)
                    {
                        // Nothing else may be thrown.
                    }

                    if (isJson)
                    {
                        Same(end, before + length, "end");
                    }
                    else if (end == before + length)
                    {
                        throw new InvalidOperationException("It is no JSON");
                    }
                },
                iter: 30_000
            );

    [Test]
    public void A_number_that_needs_no_change_is_spelt_as_ECMAScript_spells_it() =>
        GenPlaced
            .NearlyScalar.Where(text =>
                (text[0] == '-' || char.IsAsciiDigit(text[0])) && Walk.ByUtf8JsonReader(Encoding.UTF8.GetBytes(text)) is not null
            )
            .Sample(
                text =>
                {
                    JsonTokenizer.EndOfNumber(Encoding.UTF8.GetBytes(text), 0, out bool isFinal);
                    if (!isFinal)
                    {
                        return;
                    }

                    var output = new Utf8Buffer();
                    JsonNumber.Append(output, double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
                    if (Encoding.UTF8.GetString(output.Written) != text)
                    {
                        throw new InvalidOperationException($"{text} is {Encoding.UTF8.GetString(output.Written)}");
                    }
                },
                iter: 15_000
            );

    private static void Same(int actual, int expected, string what)
    {
        if (actual != expected)
        {
            throw new InvalidOperationException($"{what}: {actual} instead of {expected}");
        }
    }
}
