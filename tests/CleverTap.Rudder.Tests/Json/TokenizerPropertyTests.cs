using System.Text;
using System.Text.Json;
using CsCheck;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>The tokenizer and the readers find the same tokens as Utf8JsonReader and accept no text that it rejects.</summary>
[TestFixture]
public sealed class TokenizerPropertyTests
{
    [Test]
    public void Block_scanner_finds_the_closing_bracket_of_nested_containers() =>
        GenPlaced.WellFormed.Sample(
            placed =>
            {
                // The result must be the same for the slice of the value and for the slice with all bytes after it.
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

                    AssertEqual(JsonBlockScanner.FindEnd(placed.Span, start, out int depth), (int)skipping.BytesConsumed, "end");
                    AssertEqual(
                        JsonBlockScanner.FindEnd(rest, start, out int depthWithRest),
                        (int)skipping.BytesConsumed,
                        "end with bytes after it"
                    );
                    AssertEqual(JsonTokenizer.EndOfValue(rest, start, out _, out _), (int)skipping.BytesConsumed, "end of the value");
                    if (Math.Min(depth, depthWithRest) < Math.Max(1, deepest))
                    {
                        throw new InvalidOperationException($"{deepest} levels, but the scanner reported {depth}");
                    }
                }
            },
            iter: 12_000
        );

    [Test]
    public void Block_scanner_finds_no_end_when_a_container_is_truncated() =>
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
                    AssertEqual(JsonBlockScanner.FindEnd(placed.Span[..cut], start, out _), -1, $"end of {cut} bytes");
                }
            },
            iter: 1_000
        );

    [Test]
    public void Readers_find_the_same_tokens_as_Utf8JsonReader() =>
        GenPlaced.WellFormed.Sample(
            placed =>
            {
                string? expected = TokenList.ByUtf8JsonReader(placed.Span);
                if (expected is null)
                {
                    throw new InvalidOperationException("The generator created invalid JSON");
                }

                if (TokenList.ByReaders(placed.Value) != expected)
                {
                    throw new InvalidOperationException($"{TokenList.ByReaders(placed.Value)} instead of {expected}");
                }
            },
            iter: 15_000
        );

    [Test]
    public void Readers_accept_damaged_JSON_only_when_Utf8JsonReader_does() =>
        GenPlaced.Damaged.Sample(
            placed =>
            {
                string? expected = TokenList.ByUtf8JsonReader(placed.Span);
                string? actual = null;
                try
                {
                    actual = TokenList.ByReaders(placed.Value);
                }
                catch (JsonException)
                {
                    // Any other exception fails the test.
                }

                if (actual != expected)
                {
                    throw new InvalidOperationException($"{actual ?? "rejected"} instead of {expected ?? "rejected"}");
                }
            },
            iter: 30_000
        );

    [Test]
    public void Tokenizer_accepts_a_scalar_only_when_it_is_JSON() =>
        Gen.Select(GenPlaced.NearlyScalar, Gen.Int[0, 70], Gen.OneOf("", ",", "]", " ", "}", "\n"))
            .Sample(
                (text, before, after) =>
                {
                    byte[] bytes = Encoding.UTF8.GetBytes($"{new string(' ', before)}{text}{after}");
                    int length = Encoding.UTF8.GetByteCount(text);
                    bool isJson =
                        text[0] is not (' ' or '[' or '{' or '\t' or '\n')
                        && TokenList.ByUtf8JsonReader(bytes.AsSpan(before, length)) is not null;
                    int end = -1;
                    try
                    {
                        end = JsonTokenizer.EndOfValue(bytes, before, out _, out _);
                    }
                    catch (JsonException)
                    {
                        // Any other exception fails the test.
                    }

                    if (isJson)
                    {
                        AssertEqual(end, before + length, "end");
                    }
                    else if (end == before + length)
                    {
                        throw new InvalidOperationException("The tokenizer accepted invalid JSON");
                    }
                },
                iter: 30_000
            );

    [Test]
    public void Tokenizer_marks_a_number_for_verbatim_copy_only_when_it_has_ECMAScript_format() =>
        GenPlaced.ValidNumber.Sample(
            text =>
            {
                JsonTokenizer.EndOfNumber(Encoding.UTF8.GetBytes(text), 0, out bool canCopyVerbatim);
                if (!canCopyVerbatim)
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

    private static void AssertEqual(int actual, int expected, string what)
    {
        if (actual != expected)
        {
            throw new InvalidOperationException($"{what}: {actual} instead of {expected}");
        }
    }
}
