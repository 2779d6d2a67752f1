using System.Text;
using Playground.Events;

namespace CleverTap.Rudder.BrowserTests.Playground;

public sealed class EventLinesTests
{
    private const string Event = """{"id":12345678901234567890,"bag":{"half":"\ud800","none":{},"list":[1.50,[],null]},"id":2}""";

    private static EventLines Lines => EventLines.Parse(Encoding.UTF8.GetBytes(Event));

    [Test]
    public void Parse_gives_each_value_a_line_with_its_path() =>
        Assert.That(
            Lines.All.Where(line => line.Kind == EventLineKind.Leaf).Select(line => $"{line.Path} {line.Value}"),
            Is.EqualTo(
                new[]
                {
                    "id 12345678901234567890",
                    "bag.half \"\\ud800\"",
                    "bag.none {}",
                    "bag.list[0] 1.50",
                    "bag.list[1] []",
                    "bag.list[2] null",
                    "id 2",
                }
            )
        );

    [Test]
    public void ToJson_keeps_the_spelling_of_the_event() => Assert.That(Encoding.UTF8.GetString(Lines.ToJson(-1, null)), Is.EqualTo(Event));

    [TestCase("bag.half", "1", """{"id":12345678901234567890,"bag":{"half":1,"none":{},"list":[1.50,[],null]},"id":2}""")]
    [TestCase("bag.half", null, """{"id":12345678901234567890,"bag":{"none":{},"list":[1.50,[],null]},"id":2}""")]
    [TestCase("bag.list[2]", null, """{"id":12345678901234567890,"bag":{"half":"\ud800","none":{},"list":[1.50,[]]},"id":2}""")]
    public void ToJson_changes_or_removes_one_line(string path, string? value, string expected)
    {
        int line = Lines.All.ToList().FindIndex(candidate => candidate.Path == path);
        Assert.That(Encoding.UTF8.GetString(Lines.ToJson(line, value)), Is.EqualTo(expected));
    }

    [Test]
    public void Parse_returns_lines_of_text_when_the_input_is_not_JSON()
    {
        IReadOnlyList<EventLine> lines = EventLines.Parse("{\r\n no"u8.ToArray()).All;
        Assert.That(lines.Select(line => line.Value), Is.EqualTo(new[] { "{", " no" }));
        Assert.That(lines.Select(line => line.Kind), Is.All.EqualTo(EventLineKind.Text));
    }
}
