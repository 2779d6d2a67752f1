using System.Collections.Frozen;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>The guide's table: which RudderStack trait becomes which standard field of a CleverTap profile.</summary>
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
        new("gender", "Gender", ProfileValues.Gender),
        new("employed", "Employed", ProfileValues.YesOrNo),
        new("birthday", "DOB", ProfileValues.Birthday),
        new("education", "Education", ProfileValues.Education),
        new("married", "Married", ProfileValues.YesOrNo),
        new("customerType", "Customer Type"),
        new("avatar", "Photo"),
    ];

    public static readonly FieldName[] FirstName = ["firstName", "firstname", "first_name"];
    public static readonly FieldName[] LastName = ["lastName", "lastname", "last_name"];

    /// <summary>Traits with a meaning of their own; all others are custom attributes.</summary>
    private static readonly FrozenSet<FieldName> NotCustom = Rows.Select(row => row.Trait)
        .Concat(FirstName)
        .Concat(LastName)
        .Concat(["anonymousId", "userId", "id", Ts, OverrideFields])
        .ToFrozenSet();

    /// <summary>The trait that becomes a standard field of CleverTap; any other name stays what it is.</summary>
    public static string TraitOf(string name) =>
        Array.Find(Rows, row => row.Attribute.Equals(name)) is { } row ? row.Trait.ToString() : name;

    public static bool IsCustom(FieldName trait) => !NotCustom.Contains(trait);

    /// <summary>One line of the table.</summary>
    /// <param name="Trait">The trait in RudderStack.</param>
    /// <param name="Attribute">The field in CleverTap.</param>
    /// <param name="Convert">What becomes of the value; missing leaves the field out. Null: nothing.</param>
    internal sealed record Row(FieldName Trait, FieldName Attribute, Func<JsonSlice, MappingContext, JsonSlice>? Convert = null);
}
