using System.Text;
using BenchmarkDotNet.Attributes;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>Measures writing nested values as JSON text, because CleverTap accepts only scalars.</summary>
[MemoryDiagnoser]
public class StringifySuite
{
    private const string Product = """{"product_id":"4bf7a02c11","name":"annual news","price":12.5,"quantity":2,"tags":["a","b"]}""";

    private readonly Utf8Buffer output = new();
    private readonly EcmaScriptJsonWriter writer;
    private JsonSlice value;

    public StringifySuite() => writer = new EcmaScriptJsonWriter(output);

    [Params("list", "objects", "escapes", "duplicates", "spaced")]
    public string Value { get; set; } = "";

    [GlobalSetup]
    public void Prepare() =>
        value = new JsonSlice(
            Encoding.UTF8.GetBytes(
                Value switch
                {
                    "list" => """["video","credit","news","travel"]""",
                    "objects" => $"[{string.Join(',', Enumerable.Repeat(Product, 5))}]",
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
        writer.AppendAsText(value, NumberFormat.Exact);
        return output.Length;
    }
}
