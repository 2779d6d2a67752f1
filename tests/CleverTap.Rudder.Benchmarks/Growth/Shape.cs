using System.Text;

namespace CleverTap.Rudder.Benchmarks.Growth;

/// <summary>A kind of event in several sizes, the smallest first.</summary>
internal sealed record Shape(string Name, int[] Sizes, Func<int, ReadOnlyMemory<byte>> Event)
{
    public static Shape[] All { get; } =
    [
        new("properties", [10, 100, 1_000, 10_000], n => Track(Joined(n, i => $"\"name{i}\":{i}"))),
        new("text", [1 << 10, 1 << 15, 1 << 20], n => Track($"\"text\":\"{new string('x', n)}\"")),
        new("nesting", [10, 60], n => Track($"\"deep\":{Repeated("{\"a\":[1.0,", n / 2)}null{Repeated("]}", n / 2)}")),
        new(
            "nested-duplicates",
            [10, 60],
            n => Track($"\"deep\":{Repeated("{\"a\":1,\"a\":", n)}\"{new string('x', 10_000)}\"{Repeated("}", n)}")
        ),
        new("duplicate-keys", [100, 1_000, 10_000], n => Track(Joined(n, i => $"\"name\":{i}"))),
        new("duplicate-keys-in-bag", [100, 1_000, 10_000], n => Track($"\"bag\":{{{Joined(n, i => $"\"name{i % 10}\":{i}")}}}")),
        new(
            "traits",
            [10, 100, 1_000, 10_000],
            n => Utf8($$"""{"type":"identify","userId":"u","traits":{ {{Joined(n, i => $"\"Some Trait {i}\":{i}")}} } }""")
        ),
        new("nested-arrays", [1 << 10, 1 << 15, 1 << 20], n => Track($"\"bag\":[{Joined(n / 10, _ => "[[1],[23]]")}]")),
        new(
            "truncated",
            [1_000, 10_000, 100_000],
            n => Truncated($$"""{"type":"track","userId":"u","event":"e","properties":{ {{Joined(n / 10, i => $"\"a{i}\":[1]")}}""")
        ),
        new(
            "truncated-inside",
            [1_000, 10_000, 100_000],
            n => Truncated($$"""{"type":"track","userId":"u","event":"e","properties":{ {{Joined(n / 10, i => $"\"a{i}\":[{i}")}}""")
        ),
    ];

    private static ReadOnlyMemory<byte> Track(string properties) =>
        Utf8($$"""{"type":"track","userId":"u","event":"e","properties":{ {{properties}} } }""");

    private static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Creates a slice of a large array that continues with similar JSON after the slice.</summary>
    private static ReadOnlyMemory<byte> Truncated(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] shared = [.. bytes, .. Encoding.UTF8.GetBytes(Repeated(",\"b\":[1", 600_000))];
        return shared.AsMemory(0, bytes.Length);
    }

    private static string Joined(int count, Func<int, string> part) => string.Join(",", Enumerable.Range(0, count).Select(part));

    private static string Repeated(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();
}
