using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Contains the table of the guide: the standard profile field in CleverTap for each RudderStack trait.</summary>
internal static class TraitMap
{
    public static readonly TraitName Name = TraitNames.Known("Name");
    public static readonly TraitName Identity = TraitNames.Known("identity");
    public static readonly TraitName Email = TraitNames.Known("email");
    public static readonly TraitName UserId = TraitNames.Known("userId");
    public static readonly TraitName Id = TraitNames.Known("id");
    public static readonly TraitName Ts = TraitNames.Known("ts");
    public static readonly TraitName OverrideFields = TraitNames.Known("overrideFields");

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

    public static readonly TraitName[] FirstName = Known("firstName", "firstname", "first_name");
    public static readonly TraitName[] LastName = Known("lastName", "lastname", "last_name");

    /// <summary>For each number of a name, whether the trait has a special meaning.</summary>
    private static readonly bool[] Special = MarkSpecial();

    /// <summary>Finds the trait that becomes a standard field of CleverTap. Any other name is returned unchanged.</summary>
    public static string FindTrait(string name) =>
        Array.Find(Rows, row => row.Attribute.Text.Equals(name)) is { } row ? row.Trait.ToString() : name;

    /// <summary>Whether a trait has no special meaning, so that it is a custom attribute.</summary>
    public static bool IsCustom(TraitName trait) => (uint)trait.Id >= (uint)Special.Length || !Special[trait.Id];

    private static TraitName[] Known(params string[] names) => [.. names.Select(TraitNames.Known)];

    private static bool[] MarkSpecial()
    {
        TraitName[] special =
        [
            .. Rows.Select(row => row.Trait),
            .. FirstName,
            .. LastName,
            .. Known("anonymousId", "userId", "id", "ts", "overrideFields"),
        ];
        var marks = new bool[special.Max(name => name.Id) + 1];
        foreach (TraitName name in special)
        {
            marks[name.Id] = true;
        }

        return marks;
    }

    /// <summary>Holds one row of the table.</summary>
    internal sealed class Row(string trait, string attribute, Func<JsonSlice, MappingContext, JsonSlice>? convert = null)
    {
        /// <summary>The trait in RudderStack.</summary>
        public TraitName Trait { get; } = TraitNames.Known(trait);

        /// <summary>The field in CleverTap.</summary>
        public TraitName Attribute { get; } = TraitNames.Known(attribute);

        /// <summary>Converts the value; a missing result omits the field. Null: the value does not change.</summary>
        public Func<JsonSlice, MappingContext, JsonSlice>? Convert { get; } = convert;
    }
}
