using BenchmarkDotNet.Attributes;

namespace CleverTap.Rudder.Benchmarks.Suites;

/// <summary>Measures how the name of a custom trait is found and converted to snake_case.</summary>
[MemoryDiagnoser]
public class SnakeCaseSuite
{
    private readonly TraitNames names = TraitNames.Current;
    private FieldName text;

    /// <summary>A name in snake_case, one to convert and one that is never converted.</summary>
    [Params("favorite_category", "favoriteCategory", "MSG-push")]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Prepare() => text = new FieldName(Name);

    [Benchmark]
    public int Find() => names.Find(text).ToSnakeCase(names).Id;

    /// <summary>What the first event with the name costs in addition.</summary>
    [Benchmark]
    public int Convert() => SnakeCase.Convert(text).Span.Length;
}
