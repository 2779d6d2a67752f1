using System.Collections.Frozen;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Contains the table of the guide: the standard profile field in CleverTap for each RudderStack trait.</summary>
internal static class TraitMap
{
    public static readonly FieldName Name = "Name";
    public static readonly FieldName EmailTrait = "email";
    public static readonly FieldName Ts = "ts";
    public static readonly FieldName OverrideFields = "overrideFields";

    public static readonly Row[] Rows =
    [
        new("email", "Email"),
        new("name", "Name"),
        new("phone", "Phone", Phone.Normalize),
        new("gender", "Gender", ProfileValues.ConvertGender),
        new("employed", "Employed", ProfileValues.ConvertYesOrNo),
        new("birthday", "DOB", ProfileValues.ConvertBirthday),
        new("education", "Education", ProfileValues.ConvertEducation),
        new("married", "Married", ProfileValues.ConvertYesOrNo),
        new("customerType", "Customer Type"),
        new("avatar", "Photo"),
    ];

    public static readonly FieldName[] FirstName = ["firstName", "firstname", "first_name"];
    public static readonly FieldName[] LastName = ["lastName", "lastname", "last_name"];

    /// <summary>Traits with a special meaning. All other traits are custom attributes.</summary>
    private static readonly FrozenSet<FieldName> NotCustom = Rows.Select(row => row.Trait)
        .Concat(FirstName)
        .Concat(LastName)
        .Concat(["anonymousId", "userId", "id", Ts, OverrideFields])
        .ToFrozenSet();

    /// <summary>Finds the trait that becomes a standard field of CleverTap. Any other name is returned unchanged.</summary>
    public static string FindTrait(string name) =>
        Array.Find(Rows, row => row.Attribute.Equals(name)) is { } row ? row.Trait.ToString() : name;

    public static bool IsCustom(FieldName trait) => !NotCustom.Contains(trait);

    /// <summary>Holds one row of the table.</summary>
    /// <param name="Trait">The trait in RudderStack.</param>
    /// <param name="Attribute">The field in CleverTap.</param>
    /// <param name="Convert">Converts the value; a missing result omits the field. Null: the value does not change.</param>
    internal sealed record Row(FieldName Trait, FieldName Attribute, Func<JsonSlice, MappingContext, JsonSlice>? Convert = null);
}
