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
        : this(canonical, canonical.Span)
    {
    }

    /// <summary>For who has the memory's span at hand.</summary>
    public FieldName(ReadOnlyMemory<byte> canonical, ReadOnlySpan<byte> span)
    {
        Bytes = canonical;
        hash = Hash(span);
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public static implicit operator FieldName(string name) => new(name);

    public bool Equals(FieldName other) => hash == other.hash && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override bool Equals(object? obj) => obj is FieldName other && Equals(other);

    public override int GetHashCode() => hash;

    public override string ToString() => JsonText.Decode(Bytes.Span);

    /// <summary>The hash of a name in canonical spelling.</summary>
    public static int Hash(ReadOnlySpan<byte> name)
    {
        ulong hash = Seed + (ulong)name.Length;
        if (name.Length >= sizeof(ulong))
        {
            for (int at = 0; at < name.Length - sizeof(ulong); at += sizeof(ulong)) hash = Mix(hash ^ MemoryMarshal.Read<ulong>(name[at..]));
            hash ^= MemoryMarshal.Read<ulong>(name[^sizeof(ulong)..]);
        }
        else if (name.Length >= sizeof(uint))
        {
            hash ^= MemoryMarshal.Read<uint>(name) | ((ulong)MemoryMarshal.Read<uint>(name[^sizeof(uint)..]) << 32);
        }
        else
        {
            foreach (byte character in name) hash = (hash << 8) ^ character;
        }

        return (int)Mix(hash);
    }

    /// <summary>The upper half of the product depends on every bit of the value.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ Seed) * 0x9E3779B97F4A7C15;
        return value ^ (value >> 32);
    }
}
