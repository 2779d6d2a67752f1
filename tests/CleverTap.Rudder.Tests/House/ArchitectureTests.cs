using System.Reflection;
using System.Text.RegularExpressions;
using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.House;

/// <summary>Arrows run one way: Events and Records know nothing of Mapping, and the core knows nothing of Delivery.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src", "CleverTap.Rudder");

    [TestCase("Json", "")]
    [TestCase("Events", "Json")]
    [TestCase("Records", "Json")]
    [TestCase("Mapping", "Json Events Records")]
    [TestCase("Web", "Json Events Records Mapping")]
    public void A_folder_names_only_the_types_of_the_folders_below_it(string folder, string allowed)
    {
        string[] known = [folder, .. allowed.Split(' ')];
        string[] foreign = [.. Folders().Where(other => !known.Contains(other)).SelectMany(TypesIn)];

        string[] offences =
        [
            .. from file in Directory.GetFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories)
            from word in Words().Matches(WithoutComments(File.ReadAllText(file))).Select(match => match.Value).Distinct()
            where foreign.Contains(word)
            select $"{Path.GetFileName(file)} names {word}",
        ];

        Assert.That(offences, Is.Empty);
    }

    [Test]
    public void The_core_uses_neither_clock_nor_network_nor_logging_nor_injection()
    {
        string[] banned = ["System.Net", "Microsoft.Extensions", "TimeProvider", "ILogger", "DateTime.Now", "UtcNow"];

        string[] offences =
        [
            .. from folder in new[] { "Json", "Events", "Records", "Mapping", "Web" }
            from file in Directory.GetFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories)
            from word in banned
            where File.ReadAllText(file).Contains(word, StringComparison.Ordinal)
            select $"{Path.GetFileName(file)} names {word}",
        ];

        Assert.That(offences, Is.Empty);
    }

    [Test]
    public void Every_page_can_be_read_in_one_sitting()
    {
        string[] tooLong =
        [
            .. from file in Repository.SourceFiles()
            let lines = File.ReadLines(file).Count()
            where lines > 300
            select $"{Path.GetRelativePath(Repository.Root, file)} has {lines} lines",
        ];

        Assert.That(tooLong, Is.Empty);
    }

    [TestCase(typeof(CleverTapTransformer))]
    [TestCase(typeof(CleverTapEmulator))]
    [TestCase(typeof(SqliteOutboxOptions))]
    [TestCase(typeof(KafkaConsumerOptions))]
    [TestCase(typeof(ICleverTapPage))]
    public void Fewer_types_of_a_package_are_public_than_internal(Type of)
    {
        Type[] types =
        [
            .. of
                .Assembly.GetTypes()
                .Where(type =>
                    !type.IsNested && type.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null
                ),
        ];

        Assert.That(types.Count(type => type.IsPublic), Is.LessThan(types.Count(type => !type.IsPublic)));
    }

    private static IEnumerable<string> Folders() =>
        Directory.GetDirectories(Source).Select(path => Path.GetFileName(path)!).Where(name => name is not ("bin" or "obj"));

    private static IEnumerable<string> TypesIn(string folder) =>
        Directory
            .GetFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path)!);

    private static string WithoutComments(string code) => Comments().Replace(code, "");

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Words();

    [GeneratedRegex("//.*$|\"[^\"\\n]*\"", RegexOptions.Multiline)]
    private static partial Regex Comments();
}
