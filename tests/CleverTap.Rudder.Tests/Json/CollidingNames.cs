using System.Buffers.Binary;
using System.Text;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>Names that an attacker prepares so that all of them have the same value of a hash.</summary>
internal sealed record CollidingNames(string Title, Func<int, byte[]> Create, Func<byte[], ulong> Hash)
{
    public const int Count = 4096;

    private const ulong GuessedSeed = 0x9E3779B97F4A7C15;
    private const ulong GuessedFactor = 0xD6E8FEB86659FD93;
    private const int BitsOfIndex = 12;

    private static readonly ulong FirstWord = WordOf("property");
    private static readonly ulong LastWord = WordOf("customer");

    public static CollidingNames[] All { get; } =
    [
        new("guessed secrets", CreateForGuess, name => (ulong)FieldName.Hash(name, GuessedSeed, GuessedFactor)),
        new("swapped words", SwapWords, name => Words(name).Aggregate((left, right) => left ^ right)),
        new(
            "low differences that cancel out",
            index => BytesOf(FirstWord ^ (ulong)index, LastWord ^ (ulong)index),
            name => Words(name).Aggregate((left, right) => left ^ right)
        ),
        new(
            "high differences that cancel out",
            index => BytesOf(FirstWord ^ HighBits(index), LastWord ^ HighBits(index)),
            name => Words(name).Aggregate((left, right) => left ^ right)
        ),
        new(
            "differences with a constant sum",
            index => BytesOf(FirstWord + (ulong)index, LastWord - (ulong)index),
            name => Words(name).Aggregate((left, right) => left + right)
        ),
        new("pairs of letters for factor 31", index => Utf8(Pairs(index, "Aa", "BB")), name => Polynomial(name, 31)),
        new("pairs of letters for factor 33", index => Utf8(Pairs(index, "Ab", "BA")), name => Polynomial(name, 33)),
        new("a long equal end", index => Utf8($"{index:D4}{new string('x', 500)}"), name => Words(name)[^1]),
        new(
            "a long equal start and end",
            index => Utf8($"{new string('x', 500)}{index:D4}{new string('x', 500)}"),
            name => Words(name)[0] ^ Words(name)[^1]
        ),
        new("zeros that differ in number", index => new byte[index], name => Polynomial(name, 31)),
    ];

    /// <summary>Chooses the last word so that the input of the last multiplication is the same for all names.</summary>
    private static byte[] CreateForGuess(int index)
    {
        ulong first = WordOf($"word{index:D4}");
        ulong input = (2 * sizeof(ulong)) ^ first;
        ulong product = unchecked((ulong)((uint)input + (uint)GuessedSeed) * ((uint)(input >> 32) + (uint)GuessedFactor));
        return BytesOf(first, product ^ (product >> 32));
    }

    /// <summary>Creates a permutation of seven words, of which there are 5040.</summary>
    private static byte[] SwapWords(int index)
    {
        List<string> words = [.. Enumerable.Range(0, 7).Select(word => $"letters{word}")];
        var name = new StringBuilder();
        while (words.Count > 0)
        {
            (index, int next) = Math.DivRem(index, words.Count);
            name.Append(words[next]);
            words.RemoveAt(next);
        }

        return Utf8(name.ToString());
    }

    private static string Pairs(int index, string zero, string one) =>
        string.Concat(Enumerable.Range(0, BitsOfIndex).Select(bit => ((index >> bit) & 1) == 0 ? zero : one));

    private static ulong HighBits(int index) => (ulong)index << (64 - BitsOfIndex);

    private static ulong Polynomial(byte[] name, ulong factor) =>
        name.Aggregate(0UL, (hash, character) => unchecked((hash * factor) + character));

    /// <summary>The words of eight bytes that a name begins with, and its last eight bytes.</summary>
    private static ulong[] Words(byte[] name) =>
        [
            .. Enumerable.Range(0, (name.Length - 1) / sizeof(ulong)).Select(word => WordAt(name, word * sizeof(ulong))),
            WordAt(name, name.Length - sizeof(ulong)),
        ];

    private static ulong WordAt(byte[] name, int position) => BinaryPrimitives.ReadUInt64LittleEndian(name.AsSpan(position));

    private static ulong WordOf(string letters) => WordAt(Utf8(letters), 0);

    private static byte[] BytesOf(params ulong[] words)
    {
        var name = new byte[words.Length * sizeof(ulong)];
        for (int word = 0; word < words.Length; word++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(name.AsSpan(word * sizeof(ulong)), words[word]);
        }

        return name;
    }

    private static byte[] Utf8(string name) => Encoding.UTF8.GetBytes(name);
}
