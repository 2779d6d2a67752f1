using System.Text;
using BenchmarkDotNet.Attributes;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>Nested values on their way to JSON text, because CleverTap takes only scalars.</summary>
[MemoryDiagnoser]
public class StringifySuite
{
    private readonly Utf8Buffer output = new();
    private readonly EcmaScriptJsonWriter compact;
    private JsonSlice value;

    public StringifySuite() => compact = new EcmaScriptJsonWriter(output);

    [Params("list", "objects", "escapes", "duplicates", "spaced")]
    public string Value { get; set; } = "";

    [GlobalSetup]
    public void Prepare() =>
        value = new JsonSlice(
            Encoding.UTF8.GetBytes(
                Value switch
                {
                    "list" => """["video","credit","news","travel"]""",
                    "objects" =>
                        $"[{string.Join(',', Enumerable.Repeat("""{"product_id":"4bf7a02c11","name":"annual news","price":12.5,"quantity":2,"tags":["a","b"]}""", 5))}]",
                    "escapes" => """{"quote":"say \"hi\"","path":"C:\\temp","line":"one\ntwo","letter":"\u00e9"}""",
                    "duplicates" => """{"a":1,"2":2,"b":3,"1":4,"a":5}""",
                    _ => """{ "city" : "Tokyo", "country" : "JP", "geo" : { "lat" : 35.60, "lon" : 1.39e2 } }""",
                }
            )
        );

    [Benchmark]
    public int Stringify()
    {
        output.Clear();
        compact.AppendAsText(value, NumberFormat.Exact);
        return output.Length;
    }
}
