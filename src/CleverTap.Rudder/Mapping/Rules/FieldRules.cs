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

    /// <summary>Applies the rules to properties. If two get the same name, the later one counts unless it is null.</summary>
    public void Apply(JsonFields properties, MappingContext context)
    {
        if (!IsEmpty && AppliesToAny(properties) && properties.Rename(findNewName) is { IsEmpty: false } shared)
        {
            Warn(shared, nameof(MappingOptions.RenameProperties), context);
        }
    }

    /// <summary>Applies the rules to traits. If two get the same name, the later one counts unless it is null.</summary>
    public void Apply(TraitFields traits, MappingContext context)
    {
        if (IsEmpty || !AppliesToAny(traits))
        {
            return;
        }

        bool isConverted = context.Options.TraitNaming == TraitNaming.SnakeCase;
        if (traits.Rename(isConverted ? findNewNameInSnakeCase : findNewName, context.TraitNames) is { } shared)
        {
            Warn(shared.Text, nameof(MappingOptions.RenameTraits), context);
        }
    }

    public bool Equals(FieldRules? other) => other is not null && Renames.Equals(other.Renames) && Drops.Equals(other.Drops);

    public override bool Equals(object? obj) => Equals(obj as FieldRules);

    public override int GetHashCode() => HashCode.Combine(Renames, Drops);

    private static void Warn(FieldName shared, string option, MappingContext context) =>
        context.Warn(
            WarningCode.NameCollision,
            shared.ToString(),
            $"{option} gives a second value this name and the later value was sent; correct the option or send one of the two"
        );

    private bool AppliesToAny(JsonFields properties)
    {
        foreach (ref readonly JsonFields.Field property in properties.All)
        {
            if (AppliesTo(property.Name))
            {
                return true;
            }
        }

        return false;
    }

    private bool AppliesToAny(TraitFields traits)
    {
        foreach (ref readonly TraitFields.Field trait in traits.All)
        {
            if (AppliesTo(trait.Name.Text))
            {
                return true;
            }
        }

        return false;
    }

    private bool AppliesTo(FieldName name) => Drops.Contains(name) || Renames.TryFind(name, out _);

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
