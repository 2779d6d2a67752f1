using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>
/// The rules of a host for the traits or the properties of an event: which get another name, and which are dropped. Immutable; equal if
/// the names are.
/// </summary>
internal sealed class FieldRules : IEquatable<FieldRules>
{
    public static readonly FieldRules None = new(Renames.None, NameList.Empty);

    private readonly Func<FieldName, FieldName?> newNameOf;

    public FieldRules(Renames renames, NameList drops)
    {
        Renames = renames;
        Drops = drops;
        newNameOf = NewNameOf;
        IsEmpty = renames.IsEmpty && drops.IsEmpty;
    }

    public Renames Renames { get; }

    public NameList Drops { get; }

    public bool IsEmpty { get; }

    /// <summary>
    /// Applies the rules to a bag that was opened. Of two members that come to one name the later wins, unless it is null.
    /// </summary>
    /// <param name="fields">The members of the bag.</param>
    /// <param name="option">The option with the new names, for a warning.</param>
    /// <param name="run">The mapping under way.</param>
    public void Apply(JsonFields fields, string option, MappingContext run)
    {
        if (IsEmpty || !HasAnyOf(fields))
        {
            return;
        }

        if (fields.Rename(newNameOf) is { IsEmpty: false } shared)
        {
            run.Warn(
                WarningCode.NameCollision,
                shared.ToString(),
                $"{option} gives a second value this name and the later value was sent; correct the option or send one of the two"
            );
        }
    }

    public bool Equals(FieldRules? other) => other is not null && Renames.Equals(other.Renames) && Drops.Equals(other.Drops);

    public override bool Equals(object? obj) => Equals(obj as FieldRules);

    public override int GetHashCode() => HashCode.Combine(Renames, Drops);

    private bool HasAnyOf(JsonFields fields)
    {
        foreach (ref readonly JsonFields.Field field in fields.All)
        {
            if (Drops.Contains(field.Name) || Renames.TryFind(field.Name, out _))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The new name of a member, empty if the member is dropped; null if it keeps its name.</summary>
    private FieldName? NewNameOf(FieldName name)
    {
        if (Drops.Contains(name))
        {
            return default(FieldName);
        }

        return Renames.TryFind(name, out FieldName target) ? target : default(FieldName?);
    }
}
