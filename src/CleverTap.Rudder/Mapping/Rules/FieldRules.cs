using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Holds the rules of a host for traits or properties: which are renamed and which are dropped.</summary>
/// <remarks>It is immutable. Two instances are equal if their names are equal.</remarks>
internal sealed class FieldRules : IEquatable<FieldRules>
{
    public static readonly FieldRules None = new(Renames.None, NameList.Empty);

    private readonly Func<FieldName, FieldName?> findNewName;
    private readonly Func<FieldName, FieldName?> findNewNameInSnakeCase;

    public FieldRules(Renames renames, NameList drops)
    {
        Renames = renames;
        Drops = drops;
        findNewName = FindNewName;
        findNewNameInSnakeCase = FindNewNameInSnakeCase;
        IsEmpty = renames.IsEmpty && drops.IsEmpty;
    }

    public Renames Renames { get; }

    public NameList Drops { get; }

    public bool IsEmpty { get; }

    /// <summary>Applies the rules to an opened bag. If two members get the same name, the later one counts unless it is null.</summary>
    /// <param name="fields">The members of the bag.</param>
    /// <param name="option">The name of the option with the new names, for a warning.</param>
    /// <param name="naming">How members without a new name are named in CleverTap.</param>
    /// <param name="context">The context that receives warnings.</param>
    public void Apply(JsonFields fields, string option, TraitNaming naming, MappingContext context)
    {
        if (IsEmpty || !AppliesTo(fields))
        {
            return;
        }

        if (fields.Rename(naming == TraitNaming.SnakeCase ? findNewNameInSnakeCase : findNewName) is { IsEmpty: false } shared)
        {
            context.Warn(
                WarningCode.NameCollision,
                shared.ToString(),
                $"{option} gives a second value this name and the later value was sent; correct the option or send one of the two"
            );
        }
    }

    public bool Equals(FieldRules? other) => other is not null && Renames.Equals(other.Renames) && Drops.Equals(other.Drops);

    public override bool Equals(object? obj) => Equals(obj as FieldRules);

    public override int GetHashCode() => HashCode.Combine(Renames, Drops);

    private bool AppliesTo(JsonFields fields)
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

    /// <summary>Finds the new name of a member: empty if the member is dropped, null if its name does not change.</summary>
    private FieldName? FindNewName(FieldName name)
    {
        if (Drops.Contains(name))
        {
            return default(FieldName);
        }

        return Renames.TryFind(name, out FieldName target) ? target : default(FieldName?);
    }

    /// <summary>
    /// Finds the new name of a trait. A custom trait with the new name of another trait gets its name in CleverTap, which usually differs
    /// from the new name, so that neither replaces the other.
    /// </summary>
    private FieldName? FindNewNameInSnakeCase(FieldName name)
    {
        if (FindNewName(name) is { } newName)
        {
            return newName;
        }

        bool isCustomWithNewName = Renames.IsNewName(name) && TraitMap.IsCustom(TraitNames.Current.Find(name));
        return isCustomWithNewName ? SnakeCase.Convert(name) : default(FieldName?);
    }
}
