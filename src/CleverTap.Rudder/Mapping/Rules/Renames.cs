using System.Collections.Frozen;
using System.Collections.ObjectModel;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>New names that a host has listed in an option, found by the bytes of the old name. Immutable; equal if the names are.</summary>
internal sealed class Renames : IEquatable<Renames>
{
    public static readonly Renames None = OfProperties(ReadOnlyDictionary<string, string>.Empty);

    private readonly FrozenDictionary<FieldName, FieldName> targets;

    private Renames(IReadOnlyDictionary<string, string> names, Func<string, string> source, Func<string, string> target)
    {
        ArgumentNullException.ThrowIfNull(names);
        Names = new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(names, StringComparer.Ordinal));
        Target = target;
        targets = Names
            .Where(pair => !string.IsNullOrWhiteSpace(pair.Value))
            .DistinctBy(pair => source(pair.Key), StringComparer.Ordinal)
            .ToFrozenDictionary(pair => new FieldName(source(pair.Key)), pair => new FieldName(target(pair.Value)));
        IsEmpty = targets.Count == 0;
    }

    /// <summary>The names as the host gave them.</summary>
    public IReadOnlyDictionary<string, string> Names { get; }

    public bool IsEmpty { get; }

    /// <summary>The name under which the mapping knows a new name.</summary>
    public Func<string, string> Target { get; }

    /// <summary>A trait that gets the name of a standard field of CleverTap is mapped like the trait that becomes this field.</summary>
    public static Renames OfTraits(IReadOnlyDictionary<string, string> names) => new(names, AsIs, TraitMap.TraitOf);

    public static Renames OfProperties(IReadOnlyDictionary<string, string> names) => new(names, AsIs, AsIs);

    /// <summary>Names of events are compared without white space around them, as in <see cref="EventNames"/>.</summary>
    public static Renames OfEvents(IReadOnlyDictionary<string, string> names) => new(names, name => name.Trim(), AsIs);

    public bool TryFind(FieldName name, out FieldName target) => targets.TryGetValue(name, out target);

    public bool Equals(Renames? other) =>
        other is not null
        && Names.Count == other.Names.Count
        && Names.All(pair => other.Names.TryGetValue(pair.Key, out string? target) && target == pair.Value);

    public override bool Equals(object? obj) => Equals(obj as Renames);

    public override int GetHashCode() => Names.Count;

    private static string AsIs(string name) => name;
}
