using System.Buffers;
using System.Text;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary>The memory of templates, measured instead of time, so that a busy machine does not matter.</summary>
/// <remarks>Quadratic work would copy the event for each template.</remarks>
public sealed class DynamicConfigMemoryTests
{
    [TestCase(true)]
    [TestCase(false)]
    public void Template_memory_grows_linearly_with_templates_and_event_size(bool isTaken)
    {
        long small = AllocatedBy(800, isTaken);
        long large = AllocatedBy(8_000, isTaken);

        Assert.That(large, Is.LessThan(15 * small));
    }

    private static long AllocatedBy(int count, bool isTaken)
    {
        string properties = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"p{i}\":{{\"deep\":{i}}}"));
        string message = $$"""{"type":"track","userId":"u1","event":"Seen","properties":{ {{properties}} } }""";
        string name = isTaken ? "p" : "q";
        IEnumerable<string> templates = Enumerable.Range(0, count).Select(i => $"{{{{ event.properties.{name}{i}.deep || x }}}}");
        string settings = string.Join(',', templates.Select((template, i) => $"\"s{i}\":\"{template}\""));
        byte[] request = Encoding.UTF8.GetBytes($"[{ProtocolClient.Job(1, message, ProtocolClient.DestinationWith(settings))}]");
        var protocol = new RudderTransformerProtocol();
        var response = new ArrayBufferWriter<byte>(16 * 1024 * 1024);
        protocol.Process(request, response);
        response.ResetWrittenCount();

        long before = GC.GetAllocatedBytesForCurrentThread();
        protocol.Process(request, response);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
