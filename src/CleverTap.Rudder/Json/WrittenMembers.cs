using System.Globalization;
using System.Text;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>The members that <see cref="EcmaScriptJsonWriter"/> has written of the objects that are still open. Not thread-safe.</summary>
/// <param name="output">The buffer that holds the members.</param>
internal sealed class WrittenMembers(Utf8Buffer output)
{
    /// <summary>Up to this count, a comparison of each name with each is faster than a set.</summary>
    private const int SmallObject = 8;

    /// <summary>The cost of Clear depends on the largest object so far, so a larger set is replaced instead.</summary>
    private const int MaxKeptHashes = 256;

    private readonly List<WrittenMember> members = [];
    private HashSet<int> hashes = [];

    public int Count => members.Count;

    public void Add(WrittenMember member) => members.Add(member);

    public void RemoveFrom(int first) => members.RemoveRange(first, members.Count - first);

    /// <summary>Whether two of the members from <paramref name="first"/> on have the same name, or names with the same hash.</summary>
    public bool MayHaveDuplicates(int first) => members.Count - first > SmallObject ? HasEqualHashes(first) : HasEqualNames(first);

    /// <summary>
    /// Writes the members from <paramref name="first"/> on again: array indexes first and ascending, each name once, without members
    /// that pruning emptied.
    /// </summary>
    /// <param name="first">The index of the first member of the object.</param>
    /// <param name="start">The position after the opening bracket.</param>
    /// <param name="quoteLength">The length of a quote in the output.</param>
    public void Reorder(int first, int start, int quoteLength)
    {
        List<Reordered> unique = CopyUnique(first, quoteLength);
        output.TruncateTo(start);
        foreach (Reordered member in unique.OrderBy(member => member.ArrayIndex ?? long.MaxValue))
        {
            if (member.Text.Length == 0)
            {
                continue;
            }

            if (output.Length > start)
            {
                output.Append((byte)',');
            }

            output.Append(member.Text);
        }
    }

    /// <summary>Whether ECMAScript treats the name as an array index, which it orders before all other names.</summary>
    public static bool IsArrayIndex(ReadOnlySpan<byte> name, out uint index)
    {
        index = 0;
        return name.Length is > 0 and <= 10
            && name[0] is >= (byte)'0' and <= (byte)'9'
            && (name[0] != '0' || name.Length == 1)
            && uint.TryParse(Encoding.ASCII.GetString(name), NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && index < uint.MaxValue;
    }

    private bool HasEqualHashes(int first)
    {
        ClearHashes();
        for (int i = first; i < members.Count; i++)
        {
            if (!hashes.Add(FieldName.Hash(NameSpan(members[i]))))
            {
                return true;
            }
        }

        return false;
    }

    private void ClearHashes()
    {
        if (hashes.Count > MaxKeptHashes)
        {
            hashes = [];
        }
        else
        {
            hashes.Clear();
        }
    }

    private bool HasEqualNames(int first)
    {
        for (int i = first; i < members.Count; i++)
        {
            for (int j = i + 1; j < members.Count; j++)
            {
                if (NameSpan(members[i]).SequenceEqual(NameSpan(members[j])))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Copies the members out of the buffer: the last value of each name, at the index where the name came first.</summary>
    private List<Reordered> CopyUnique(int first, int quoteLength)
    {
        var indexes = new Dictionary<FieldName, int>();
        var unique = new List<Reordered>();
        for (int i = first; i < members.Count; i++)
        {
            WrittenMember member = members[i];
            Reordered copy = Copy(member, quoteLength);
            var name = new FieldName(NameSpan(member).ToArray());
            if (indexes.TryGetValue(name, out int index))
            {
                unique[index] = copy;
            }
            else
            {
                indexes.Add(name, unique.Count);
                unique.Add(copy);
            }
        }

        return unique;
    }

    private Reordered Copy(WrittenMember member, int quoteLength)
    {
        uint? arrayIndex = IsArrayIndex(NameSpan(member), out uint value) ? value : null;
        int start = member.Name - quoteLength;
        byte[] text = member.IsLeft ? output.Slice(start, member.End - start).ToArray() : [];
        return new Reordered(arrayIndex, text);
    }

    private ReadOnlySpan<byte> NameSpan(WrittenMember member) => output.Slice(member.Name, member.NameLength);

    private readonly record struct Reordered(uint? ArrayIndex, byte[] Text);
}
