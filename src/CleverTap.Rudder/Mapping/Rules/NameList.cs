using System.Collections.Frozen;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Holds the names of an option, which are found by their bytes.</summary>
/// <remarks>It is immutable. Two instances are equal if their lists are equal.</remarks>
internal sealed class NameList : IEquatable<NameList>
{
    public static readonly NameList Empty = new([]);

    private readonly FrozenSet<FieldName> set;

    public NameList(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        Names = [.. names];
        set = Names.OfType<string>().Select(name => new FieldName(name)).ToFrozenSet();
    }

    public IReadOnlyList<string> Names { get; }

    public bool IsEmpty => Names.Count == 0;

    public bool Contains(FieldName name) => set.Contains(name);

    public bool Equals(NameList? other) => other is not null && Names.SequenceEqual(other.Names);

    public override bool Equals(object? obj) => Equals(obj as NameList);

    public override int GetHashCode() => Names.Count;
}
