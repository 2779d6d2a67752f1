using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>Each length of a string, each run of backslashes and each cut around the borders of blocks, one by one.</summary>
[TestFixture]
public sealed class BlockBorderTests
{
    [Test]
    public void A_run_of_backslashes_ends_the_string_or_does_not_wherever_it_stands()
    {
        for (int before = 0; before < 140; before++)
        {
            for (int backslashes = 0; backslashes < 70; backslashes++)
            {
                string quote = backslashes % 2 == 1 ? "\\\"" : "";
                string text =
                    $$"""{"a":"{{new string('x', before)}}{{new string('\\', backslashes - (backslashes % 2))}}{{quote}}]}","b":1}""";
                Ends(text, text + "]]}}\"\"");
            }
        }
    }

    [Test]
    public void Brackets_and_quotes_count_at_every_place_of_a_block()
    {
        foreach (string piece in new[] { "[]", "{}", "[[1]]", "\"[\"", "\"}\"", "\"\\\"\"", "\"\\\\\"", "{\"]\":[\"{\"]}" })
        {
            for (int before = 0; before < 140; before++)
            {
                string text = $"[{new string(' ', before)}{piece}]";
                Ends(text, text);
                Ends(text, text + "}]\\\"");
            }
        }
    }

    [Test]
    public void Many_levels_are_counted()
    {
        foreach (int depth in new[] { 1, 2, 31, 32, 33, 63, 64, 65, 128, 1_000, 100_000 })
        {
            string text = new string('[', depth) + new string(']', depth);
            Ends(text, text + "]");
            JsonBlockScanner.FindEnd(Encoding.UTF8.GetBytes(text), 0, out int told);
            Assert.That(told, Is.GreaterThanOrEqualTo(depth));
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
    public void What_is_no_JSON_is_rejected_whatever_stands_behind_it(string text)
    {
        foreach (
            string behind in new[] { "", "}", "]", "\"", "\"}", ":1}", "1}", "0041\"]", new string('}', 100), new string(' ', 100) + "}" }
        )
        {
            byte[] array = Encoding.UTF8.GetBytes(text + behind);
            Assert.That(
                () => Walk.ByReaders(new JsonSlice(array, 0, text.Length)),
                Throws.InstanceOf<JsonException>(),
                $"{text} before {behind}"
            );
        }
    }

    [Test]
    public void Every_cut_of_an_object_is_rejected_though_the_rest_stands_behind_it()
    {
        byte[] whole = Encoding.UTF8.GetBytes(
            """{"name":"a longer text \"than\" one vector, with {[ brackets ]} in it","n":-12.5e+3,"list":[1,{"x":null},[],true],"last":{"deep":["\\"]}}"""
        );
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.That(() => Walk.ByReaders(new JsonSlice(whole, 0, length)), Throws.InstanceOf<JsonException>(), $"{length} bytes");
        }
    }

    private static void Ends(string text, string within)
    {
        int end = Encoding.UTF8.GetByteCount(text);
        byte[] bytes = Encoding.UTF8.GetBytes(within);
        int found = JsonBlockScanner.FindEnd(bytes, 0, out _);
        if (found != end)
        {
            Assert.Fail($"{text} ends at {end}, not at {found}");
        }

        if (Walk.ByUtf8JsonReader(bytes.AsSpan(0, end)) is not { } expected)
        {
            return;
        }

        if (text.Length < 1_000 && Walk.ByReaders(new JsonSlice(bytes, 0, end)) != expected)
        {
            Assert.Fail($"{text} is read wrongly");
        }
    }
}
