using System.Reflection;
using System.Xml.Linq;
using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.House;

/// <summary>The documentation that IntelliSense shows: complete, with defaults and examples, in plain words.</summary>
public sealed class DocumentationTests
{
    private static readonly Type[] OnePerPackage =
    [
        typeof(CleverTapTransformer),
        typeof(SqliteOutboxOptions),
        typeof(KafkaConsumerOptions),
        typeof(ICleverTapPage),
        typeof(CleverTapEmulator),
    ];

    private static readonly Type[] MetFirst =
    [
        typeof(CleverTapTransformer),
        typeof(MappingOptions),
        typeof(CleverTapOptions),
        typeof(ICleverTapDestination),
        typeof(ICleverTapQueue),
        typeof(CleverTapEmulator),
        typeof(ICleverTapPage),
    ];

    /// <summary>Phrases that a reader has to read twice.</summary>
    private static readonly string[] Riddles =
    [
        "where there is none",
        "where there is no ",
        "what is no ",
        "which is no ",
        "nobody",
        "somebody",
        "whoever",
        "but for ",
        " lest ",
        "what becomes of",
        "what became of",
        "what there is",
        "as many as there are",
        "beyond reason",
        "for good",
        "of theirs",
        "goes on in",
        "is told",
        "are told",
        "was told",
        "where left out",
        "all the same",
        "took this worker for dead",
    ];

    [TestCaseSource(nameof(OnePerPackage))]
    public void Public_members_have_a_summary(Type package)
    {
        XElement[] members = MembersOf(package);

        string[] without =
        [
            .. from type in package.Assembly.GetExportedTypes()
            from id in IdsOf(type)
            let found = members.Where(member => IsMember(member, id)).ToArray()
            where !found.Any(member => HasText(member, "summary") || member.Element("inheritdoc") is not null)
            select id,
        ];

        Assert.That(without, Is.Empty);
    }

    [TestCaseSource(nameof(OnePerPackage))]
    public void Options_name_their_default(Type package)
    {
        XElement[] members = MembersOf(package);

        string[] without =
        [
            .. from type in package.Assembly.GetExportedTypes()
            where type.Name.EndsWith("Options", StringComparison.Ordinal)
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where property.SetMethod is { IsPublic: true }
            let id = $"P:{type.FullName}.{property.Name}"
            where !members.Any(member => IsMember(member, id) && HasText(member, "value"))
            select id,
        ];

        Assert.That(without, Is.Empty);
    }

    [TestCaseSource(nameof(MetFirst))]
    public void Type_that_a_host_meets_first_has_an_example(Type type)
    {
        XElement member = MembersOf(type).Single(one => IsMember(one, $"T:{type.FullName}"));

        Assert.That(member.Element("example")?.Element("code")?.Value, Is.Not.Empty.And.Not.Null);
    }

    [TestCaseSource(nameof(OnePerPackage))]
    public void Documentation_has_no_riddles(Type package)
    {
        string[] found =
        [
            .. from member in MembersOf(package)
            let text = string.Join(' ', member.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) + " "
            from riddle in Riddles
            where text.Contains(riddle, StringComparison.OrdinalIgnoreCase)
            select $"{member.Attribute("name")!.Value}: {riddle.Trim()}",
        ];

        Assert.That(found, Is.Empty);
    }

    private static XElement[] MembersOf(Type package)
    {
        string file = Path.Combine(AppContext.BaseDirectory, package.Assembly.GetName().Name + ".xml");
        return [.. XDocument.Load(file).Descendants("member")];
    }

    private static IEnumerable<string> IdsOf(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        string name = type.FullName!.Replace('+', '.');
        bool isWritten = type.GetMethod("<Clone>$") is null;
        yield return $"T:{name}";
        foreach (PropertyInfo property in type.GetProperties(Declared).Where(one => one.Name != "EqualityContract"))
        {
            yield return $"P:{name}.{property.Name}";
        }

        foreach (FieldInfo field in type.GetFields(Declared).Where(field => !field.IsSpecialName))
        {
            yield return $"F:{name}.{field.Name}";
        }

        // A record's Equals, ToString and the like are the compiler's.
        foreach (MethodInfo method in type.GetMethods(Declared).Where(one => isWritten && !one.IsSpecialName && !IsInherited(one)))
        {
            yield return $"M:{name}.{method.Name}";
        }
    }

    private static bool IsInherited(MethodInfo method) =>
        method.GetBaseDefinition() != method
        || typeof(Delegate).IsAssignableFrom(method.DeclaringType)
        || method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null;

    private static bool IsMember(XElement member, string id)
    {
        string name = member.Attribute("name")!.Value;
        return name == id || name.StartsWith(id + "(", StringComparison.Ordinal) || name.StartsWith(id + "``", StringComparison.Ordinal);
    }

    private static bool HasText(XElement member, string element) => !string.IsNullOrWhiteSpace(member.Element(element)?.Value);
}
