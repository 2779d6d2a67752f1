using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder;

/// <content>The options for names and values of traits, properties and items.</content>
public sealed partial record MappingOptions
{
    private readonly string? phoneCountryCode;
    private readonly NameList dateFields = NameList.Empty;

    /// <summary>Gets how custom traits are named.</summary>
    /// <value>
    /// <see cref="TraitNaming.SnakeCase"/> in <see cref="Default"/>, <see cref="TraitNaming.AsIs"/> in <see cref="RudderTransformer"/>.
    /// </value>
    public TraitNaming TraitNaming { get; init; }

    /// <summary>Gets which value is sent if <c>traits</c> and <c>context.traits</c> contain the same custom trait.</summary>
    /// <value>
    /// <see cref="TraitPrecedence.Traits"/> in <see cref="Default"/>, <see cref="TraitPrecedence.ContextTraits"/> in
    /// <see cref="RudderTransformer"/>.
    /// </value>
    public TraitPrecedence TraitPrecedence { get; init; }

    /// <summary>Gets whether a first name or a last name alone becomes the <c>Name</c>.</summary>
    /// <value>True in <see cref="Default"/>, false in <see cref="RudderTransformer"/>, which then sends no <c>Name</c>.</value>
    public bool NameFromOnePart { get; init; } = true;

    /// <summary>Gets whether a birthday that is an ISO date becomes a CleverTap date, <c>$D_&lt;seconds since 1970&gt;</c>.</summary>
    /// <value>True in <see cref="Default"/>, false in <see cref="RudderTransformer"/>.</value>
    public bool ConvertBirthday { get; init; } = true;

    /// <summary>Gets whether .NET dates of events that are built in code become CleverTap dates.</summary>
    /// <value>True in <see cref="Default"/>, false in <see cref="RudderTransformer"/>.</value>
    /// <remarks>
    /// .NET dates are <see cref="DateTime"/>, <see cref="DateTimeOffset"/> and <see cref="DateOnly"/> in traits, properties and items.
    /// A CleverTap date is <c>$D_&lt;seconds since 1970&gt;</c>. If false, the dates are ISO 8601 text.
    /// </remarks>
    public bool ConvertDates { get; init; } = true;

    /// <summary>
    /// Gets the names of traits and properties whose ISO 8601 text becomes a CleverTap date, <c>$D_&lt;seconds since 1970&gt;</c>.
    /// </summary>
    /// <value>Empty in both presets: text remains text.</value>
    /// <remarks>The names also apply within items. A trait is found by its name in the event or in CleverTap.</remarks>
    public IReadOnlyCollection<string> DateFields
    {
        get => dateFields.Names;
        init => dateFields = new NameList(value);
    }

    /// <summary>Gets whether values of profile fields are converted to the form that CleverTap accepts.</summary>
    /// <value>True in <see cref="Default"/>, false in <see cref="RudderTransformer"/>.</value>
    /// <remarks>
    /// <c>employed</c> and <c>married</c>: true and false become Y and N. <c>education</c>: School, College and Graduate get
    /// CleverTap's spelling. <c>MSG-*</c>: yes, no, 1 and 0, as numbers or texts, become booleans. Phone numbers: spaces, dots, dashes,
    /// brackets and a leading 00 are removed.
    /// </remarks>
    public bool NormalizeProfileFields { get; init; } = true;

    /// <summary>Gets the country calling code, such as <c>+49</c>, of phone numbers without a country calling code.</summary>
    /// <value>
    /// One to three digits, with or without a plus. Null in both presets: such numbers are sent unchanged, with a warning.
    /// </value>
    /// <remarks>
    /// A leading 0 of the number is removed, except in Italy (39), and a leading 1 in North America (1). Digits that begin with the code
    /// get only a plus if there are 11 or more of them (12 in Brazil): a JSON number cannot have one. The option has an effect only with
    /// <see cref="NormalizeProfileFields"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">The value is not one to three digits, with or without a plus.</exception>
    public string? PhoneCountryCode
    {
        get => phoneCountryCode;
        init => phoneCountryCode = Phone.ParseCountryCode(value);
    }

    /// <summary>Gets whether a gender other than male and female is sent, unchanged.</summary>
    /// <value>True in <see cref="Default"/>, false in <see cref="RudderTransformer"/>, which then sends no gender.</value>
    public bool SendUnknownGender { get; init; } = true;

    /// <summary>
    /// Gets whether traits such as <c>{"$add": ["gold"]}</c> and <c>{"$incr": 1}</c> are sent as CleverTap operators instead of text.
    /// </summary>
    /// <value>True in <see cref="Default"/>, false in <see cref="RudderTransformer"/>.</value>
    public bool KeepOperators { get; init; } = true;

    /// <summary>Gets how objects and arrays in traits, properties and items are sent.</summary>
    /// <value><see cref="NestedValues.Text"/> in both presets.</value>
    /// <remarks>The option does not apply to operators, <c>category-*</c> and the items of an order.</remarks>
    public NestedValues NestedValues { get; init; }

    /// <summary>Gets whether a trait that is an array of texts, numbers and booleans becomes a multi-value attribute.</summary>
    /// <value>False in both presets: such a trait becomes JSON text.</value>
    /// <remarks>The values replace the earlier ones: <c>{"$set": ["a", "b"]}</c>.</remarks>
    public bool MultiValueArrays { get; init; }

    /// <summary>Gets whether null properties of events and items are omitted.</summary>
    /// <value>True in <see cref="Default"/>, false in <see cref="RudderTransformer"/>.</value>
    public bool OmitNullProperties { get; init; } = true;

    internal NameList DateFieldNames => dateFields;
}
