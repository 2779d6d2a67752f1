using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>A member name in canonical spelling (<see cref="JsonText"/>) with its hash, so that known names are hashed once.</summary>
internal readonly struct FieldName : IEquatable<FieldName>
{
    /// <summary>Both differ from process to process, so that nobody can prepare names that collide.</summary>
    private static readonly ulong Seed = Secret();
    private static readonly ulong Factor = Secret();

    private readonly byte[]? array;
    private readonly int start;
    private readonly int length;
    private readonly int hash;

    public FieldName(string name)
        : this(JsonText.Encode(name)) { }

    public FieldName(ReadOnlyMemory<byte> canonical)
    {
        ArraySegment<byte> segment = JsonSlice.ArrayOf(canonical);
        array = segment.Array;
        start = segment.Offset;
        length = segment.Count;
        hash = Hash(segment);
    }

    /// <summary>For who has the slice's span at hand.</summary>
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

    /// <summary>The hash of a name in canonical spelling.</summary>
    public static int Hash(ReadOnlySpan<byte> name) => Hash(name, Seed, Factor);

    /// <summary>The same with secrets of the caller's. No secret goes in twice: the two would cancel each other out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Hash(ReadOnlySpan<byte> name, ulong seed, ulong factor)
    {
        var hash = (ulong)name.Length;
        if (name.Length >= sizeof(ulong))
        {
            for (int at = 0; at < name.Length - sizeof(ulong); at += sizeof(ulong))
            {
                hash = Mix(hash ^ MemoryMarshal.Read<ulong>(name[at..]), seed, factor);
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

    /// <summary>Both halves of the product together depend on every bit of the value, the last letters of a name too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value, ulong seed, ulong factor)
    {
        ulong high = Math.BigMul(value ^ seed, factor, out ulong low);
        return high ^ low;
    }

    /// <summary>64 random bits, of which the last is set.</summary>
    private static ulong Secret() => ((ulong)Random.Shared.NextInt64() << 1) | 1;
}
