using BenchmarkDotNet.Attributes;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>Measures the conversion of the name of a custom trait to snake_case.</summary>
[MemoryDiagnoser]
public class SnakeCaseSuite
{
    private FieldName name;

    /// <summary>A name in snake_case, one to convert, one that is never converted, and one that is too long for the cache.</summary>
    [Params("favorite_category", "favoriteCategory", "MSG-push", "long")]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Prepare() => name = new FieldName(Name == "long" ? string.Concat(Enumerable.Repeat("favoriteCategory", 10)) : Name);

    [Benchmark]
    public int Convert() => SnakeCase.Convert(name).Span.Length;
}
