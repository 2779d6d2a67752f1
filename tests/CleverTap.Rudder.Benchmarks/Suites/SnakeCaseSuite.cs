using BenchmarkDotNet.Attributes;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>A custom trait's name on its way to snake_case.</summary>
[MemoryDiagnoser]
public class SnakeCaseSuite
{
    private FieldName name;

    /// <summary>Snake_case already, to be converted, never to be converted, and longer than what is kept.</summary>
    [Params("favorite_category", "favoriteCategory", "MSG-push", "long")]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Prepare() => name = new FieldName(Name == "long" ? string.Concat(Enumerable.Repeat("favoriteCategory", 10)) : Name);

    [Benchmark]
    public int Convert() => SnakeCase.Convert(name).Span.Length;
}
