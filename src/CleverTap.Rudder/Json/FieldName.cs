using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace CleverTap.Rudder;

/// <summary>A member name in canonical spelling (<see cref="JsonText"/>) with its hash, so that known names are hashed once.</summary>
internal readonly struct FieldName : IEquatable<FieldName>
{
    /// <summary>Differs from process to process, so that nobody can prepare names that collide.</summary>
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64() | 1;

    private readonly int hash;

    public FieldName(string name)
        : this(JsonText.Encode(name))
    {
    }

    public FieldName(ReadOnlyMemory<byte> canonical)
    {
        Bytes = canonical;
        hash = Hash(canonical.Span);
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public static implicit operator FieldName(string name) => new(name);

    public bool Equals(FieldName other) => hash == other.hash && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override bool Equals(object? obj) => obj is FieldName other && Equals(other);

    public override int GetHashCode() => hash;

    public override string ToString() => JsonText.Decode(Bytes.Span);

    private static int Hash(ReadOnlySpan<byte> name)
    {
        ulong hash = Seed + (ulong)name.Length;
        for (; name.Length >= sizeof(ulong); name = name[sizeof(ulong)..])
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(name));
        foreach (byte character in name)
            hash = (hash << 8 | hash >> 56) ^ character;
        return (int)(Mix(hash) >> 32);
    }

    private static ulong Mix(ulong value) => BitOperations.RotateLeft(value * 0x9E3779B97F4A7C15, 29) ^ Seed;
}
