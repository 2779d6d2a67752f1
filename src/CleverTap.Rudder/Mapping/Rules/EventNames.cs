using System.Collections.Frozen;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Holds the event names of an option, which are compared without white space around them.</summary>
/// <remarks>It is immutable. Two instances are equal if their lists are equal.</remarks>
internal sealed class EventNames : IEquatable<EventNames>
{
    public static readonly EventNames None = new([]);

    private readonly FrozenSet<string> set;

    public EventNames(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        Names = [.. names];
        set = Names.OfType<string>().Select(name => name.Trim()).ToFrozenSet(StringComparer.Ordinal);
    }

    public IReadOnlyList<string> Names { get; }

    public bool IsEmpty => set.Count == 0;

    public bool Contains(string name) => set.Contains(name.Trim());

    public bool Equals(EventNames? other) => other is not null && Names.SequenceEqual(other.Names, StringComparer.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as EventNames);

    public override int GetHashCode() => Names.Count;
}
