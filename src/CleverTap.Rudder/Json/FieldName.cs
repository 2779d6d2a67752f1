using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>
/// A canonical text (<see cref="JsonText"/>) with its hash, so that known texts are hashed only once: the name of a member, or the id of a
/// user as a key.
/// </summary>
internal readonly struct FieldName : IEquatable<FieldName>
{
    /// <summary>The secrets differ between processes, so an attacker cannot prepare names that collide.</summary>
    private static readonly ulong Seed = CreateSecret();
    private static readonly ulong Factor = CreateSecret();

    private readonly byte[]? array;
    private readonly int start;
    private readonly int length;
    private readonly int hash;

    public FieldName(string name)
        : this(JsonText.Encode(name)) { }

    public FieldName(ReadOnlyMemory<byte> canonical)
    {
        ArraySegment<byte> segment = JsonSlice.ToArraySegment(canonical);
        array = segment.Array;
        start = segment.Offset;
        length = segment.Count;
        hash = Hash(segment);
    }

    /// <summary>Creates a name from an existing span.</summary>
    public FieldName(byte[] array, int start, ReadOnlySpan<byte> span)
    {
        this.array = array;
        this.start = start;
        length = span.Length;
        hash = Hash(span);
    }

    public ReadOnlySpan<byte> Span => new(array, start, length);

    public bool IsEmpty => length == 0;

    public static implicit operator FieldName(string name) => new(name);

    public bool Equals(FieldName other) => hash == other.hash && Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is FieldName other && Equals(other);

    public override int GetHashCode() => hash;

    public override string ToString() => JsonText.Decode(Span);

    /// <summary>The hash of a canonical name.</summary>
    public static int Hash(ReadOnlySpan<byte> name) => Hash(name, Seed, Factor);

    /// <summary>The hash of a name with the secrets of the caller.</summary>
    /// <remarks>Each secret is used only once, because two uses would cancel each other out.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Hash(ReadOnlySpan<byte> name, ulong seed, ulong factor)
    {
        var hash = (ulong)name.Length;
        if (name.Length >= sizeof(ulong))
        {
            for (int position = 0; position < name.Length - sizeof(ulong); position += sizeof(ulong))
            {
                hash = Mix(hash ^ MemoryMarshal.Read<ulong>(name[position..]), seed, factor);
            }

            hash ^= MemoryMarshal.Read<ulong>(name[^sizeof(ulong)..]);
        }
        else if (name.Length >= sizeof(uint))
        {
            hash ^= MemoryMarshal.Read<uint>(name) | ((ulong)MemoryMarshal.Read<uint>(name[^sizeof(uint)..]) << 32);
        }
        else
        {
            foreach (byte character in name)
            {
                hash = (hash << 8) ^ character;
            }
        }

        return (int)Mix(hash, seed, factor);
    }

    /// <summary>
    /// Multiplies the halves of the value, each with a secret of its own, as the hash NH of UMAC does. Both halves of the product then
    /// depend on every bit of the value, including the last letters of a name.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value, ulong seed, ulong factor)
    {
        ulong product = (ulong)((uint)value + (uint)seed) * ((uint)(value >> 32) + (uint)factor);
        return product ^ (product >> 32);
    }

    /// <summary>Creates 64 random bits; the lowest bit is always set.</summary>
    private static ulong CreateSecret() => ((ulong)Random.Shared.NextInt64() << 1) | 1;
}
