using System.Text;
using Playground.Events;

namespace CleverTap.Rudder.BrowserTests.Playground;

public sealed class EventInputTests
{
    [TestCase("""{"a":1}""", new[] { """{"a":1}""" })]
    [TestCase("""[{"a":1}, {"b":[2]}]""", new[] { """{"a":1}""", """{"b":[2]}""" })]
    [TestCase("{\"a\":1}\n\n{\"b\":2}\n", new[] { """{"a":1}""", """{"b":2}""" })]
    [TestCase("{\"a\":\n1} {\"b\":2}", new[] { "{\"a\":\n1}", """{"b":2}""" })]
    [TestCase("[1, [2], \"x\"]", new[] { "1", "[2]", "\"x\"" })]
    [TestCase("[]", new string[0])]
    [TestCase("{\"a\":1}\nnothing\n{\"b\":2}", new[] { """{"a":1}""", "nothing", """{"b":2}""" })]
    [TestCase("{\"a\":\n{\"b\":2}", new[] { "{\"a\":", """{"b":2}""" })]
    [TestCase("{\n  \"a\": 1,\n", new[] { "{\n  \"a\": 1,\n" })]
    [TestCase("nothing", new[] { "nothing" })]
    public void Split_divides_input_into_events(string pasted, string[] events) =>
        Assert.That(EventInput.Split(Encoding.UTF8.GetBytes(pasted)).Select(Encoding.UTF8.GetString), Is.EqualTo(events));
}
