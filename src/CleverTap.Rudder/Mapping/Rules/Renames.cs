using System.Collections.Frozen;
using System.Collections.ObjectModel;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Holds the new names of an option, which are found by the bytes of the old name.</summary>
/// <remarks>It is immutable. Two instances are equal if their names are equal.</remarks>
internal sealed class Renames : IEquatable<Renames>
{
    public static readonly Renames None = CreateForProperties(ReadOnlyDictionary<string, string>.Empty);

    private readonly FrozenDictionary<FieldName, FieldName> targets;
    private readonly FrozenSet<FieldName> newNames;

    private Renames(IReadOnlyDictionary<string, string> names, Func<string, string> source, Func<string, string> target)
    {
        ArgumentNullException.ThrowIfNull(names);
        Names = new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(names, StringComparer.Ordinal));
        Target = target;
        targets = Names
            .Where(pair => !string.IsNullOrWhiteSpace(pair.Value))
            .DistinctBy(pair => source(pair.Key), StringComparer.Ordinal)
            .ToFrozenDictionary(pair => new FieldName(source(pair.Key)), pair => new FieldName(target(pair.Value)));
        newNames = targets.Values.ToFrozenSet();
        IsEmpty = targets.Count == 0;
    }

    /// <summary>Gets the original names of the option.</summary>
    public IReadOnlyDictionary<string, string> Names { get; }

    public bool IsEmpty { get; }

    /// <summary>Gets the function that converts a new name to the name that the mapping uses.</summary>
    public Func<string, string> Target { get; }

    /// <summary>Creates renames of traits. A trait with the new name of a standard field is mapped like the trait of this field.</summary>
    public static Renames CreateForTraits(IReadOnlyDictionary<string, string> names) => new(names, Unchanged, TraitMap.FindTrait);

    public static Renames CreateForProperties(IReadOnlyDictionary<string, string> names) => new(names, Unchanged, Unchanged);

    /// <summary>
    /// Creates renames of events, whose names are compared without white space around them, as in <see cref="EventNames"/>.
    /// </summary>
    public static Renames CreateForEvents(IReadOnlyDictionary<string, string> names) => new(names, name => name.Trim(), Unchanged);

    public bool TryFind(FieldName name, out FieldName target) => targets.TryGetValue(name, out target);

    /// <summary>Whether a name is the new name of another one.</summary>
    public bool IsNewName(FieldName name) => newNames.Contains(name);

    public bool Equals(Renames? other) =>
        other is not null
        && Names.Count == other.Names.Count
        && Names.All(pair => other.Names.TryGetValue(pair.Key, out string? target) && target == pair.Value);

    public override bool Equals(object? obj) => Equals(obj as Renames);

    public override int GetHashCode() => Names.Count;

    private static string Unchanged(string name) => name;
}
