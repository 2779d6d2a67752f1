using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>Tests string lengths, runs of backslashes and truncations at the borders of blocks.</summary>
[TestFixture]
public sealed class BlockBorderTests
{
    [Test]
    public void Block_scanner_handles_runs_of_backslashes_at_any_position()
    {
        for (int before = 0; before < 140; before++)
        {
            for (int backslashes = 0; backslashes < 70; backslashes++)
            {
                string quote = backslashes % 2 == 1 ? "\\\"" : "";
                string text =
                    $$"""{"a":"{{new string('x', before)}}{{new string('\\', backslashes - (backslashes % 2))}}{{quote}}]}","b":1}""";
                AssertEnd(text, text + "]]}}\"\"");
            }
        }
    }

    [Test]
    public void Block_scanner_counts_brackets_and_quotes_at_every_position_of_a_block()
    {
        foreach (string piece in new[] { "[]", "{}", "[[1]]", "\"[\"", "\"}\"", "\"\\\"\"", "\"\\\\\"", "{\"]\":[\"{\"]}" })
        {
            for (int before = 0; before < 140; before++)
            {
                string text = $"[{new string(' ', before)}{piece}]";
                AssertEnd(text, text);
                AssertEnd(text, text + "}]\\\"");
            }
        }
    }

    [Test]
    public void Block_scanner_reports_at_least_the_depth_of_deeply_nested_arrays()
    {
        foreach (int depth in new[] { 1, 2, 31, 32, 33, 63, 64, 65, 128, 1_000, 100_000 })
        {
            string text = new string('[', depth) + new string(']', depth);
            AssertEnd(text, text + "]");
            JsonBlockScanner.FindEnd(Encoding.UTF8.GetBytes(text), 0, out int depthFound);
            Assert.That(depthFound, Is.GreaterThanOrEqualTo(depth));
        }
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[")]
    [TestCase("{\"")]
    [TestCase("{\"a")]
    [TestCase("{\"a\"")]
    [TestCase("{\"a\":")]
    [TestCase("{\"a\":1")]
    [TestCase("{\"a\":1,")]
    [TestCase("{\"a\":1,}")]
    [TestCase("{,}")]
    [TestCase("{\"a\":1]")]
    [TestCase("[1,]")]
    [TestCase("[1}")]
    [TestCase("[,1]")]
    [TestCase("[1 2]")]
    [TestCase("{\"a\" 1}")]
    [TestCase("{a:1}")]
    [TestCase("[\"\\")]
    [TestCase("[\"\\u")]
    [TestCase("[\"\\u00")]
    [TestCase("[{\"a\":[}]")]
    [TestCase("{\"a\":{]}")]
    [TestCase("{\"a\":\"x}")]
    public void Readers_reject_invalid_JSON_whatever_bytes_follow_the_slice(string text)
    {
        foreach (
            string following in new[]
            {
                "",
                "}",
                "]",
                "\"",
                "\"}",
                ":1}",
                "1}",
                "0041\"]",
                new string('}', 100),
                new string(' ', 100) + "}",
            }
        )
        {
            byte[] array = Encoding.UTF8.GetBytes(text + following);
            Assert.That(
                () => TokenList.ByReaders(new JsonSlice(array, 0, text.Length)),
                Throws.InstanceOf<JsonException>(),
                $"{text} before {following}"
            );
        }
    }

    [Test]
    public void Readers_reject_every_truncation_when_the_rest_of_the_object_follows_the_slice()
    {
        byte[] whole = Encoding.UTF8.GetBytes(
            """{"name":"a longer text \"than\" one vector, with {[ brackets ]} in it","n":-12.5e+3"""
                + ""","list":[1,{"x":null},[],true],"last":{"deep":["\\"]}}"""
        );
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.That(() => TokenList.ByReaders(new JsonSlice(whole, 0, length)), Throws.InstanceOf<JsonException>(), $"{length} bytes");
        }
    }

    private static void AssertEnd(string text, string within)
    {
        int end = Encoding.UTF8.GetByteCount(text);
        byte[] bytes = Encoding.UTF8.GetBytes(within);
        int found = JsonBlockScanner.FindEnd(bytes, 0, out _);
        if (found != end)
        {
            Assert.Fail($"{text} ends at {end}, but the scanner found {found}");
        }

        if (TokenList.ByUtf8JsonReader(bytes.AsSpan(0, end)) is not { } expected)
        {
            return;
        }

        if (text.Length < 1_000 && TokenList.ByReaders(new JsonSlice(bytes, 0, end)) != expected)
        {
            Assert.Fail($"The readers found other tokens in {text}");
        }
    }
}
