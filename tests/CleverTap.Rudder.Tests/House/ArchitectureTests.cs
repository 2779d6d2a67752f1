using System.Reflection;
using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.House;

/// <summary>Dependencies run one way, and every file can be read in one sitting.</summary>
public sealed class ArchitectureTests
{
    private const string AllOfTheCore = "Json Events Records Mapping Web .";

    private static readonly string Source = Path.Combine(Repository.Root, "src", "CleverTap.Rudder");

    /// <summary>The folders of each package and the folders of the same package that they may use; a dot is the package's root.</summary>
    private static readonly object[][] Arrows =
    [
        ["CleverTap.Rudder", "Json", ""],
        ["CleverTap.Rudder", "Events", "Json"],
        ["CleverTap.Rudder", "Records", "Json Events"],
        ["CleverTap.Rudder", "Mapping", "Json Events Records"],
        ["CleverTap.Rudder", "Web", "Json Events Records Mapping"],
        ["CleverTap.Rudder", ".", "Json Events Records Mapping Web"],
        ["CleverTap.Rudder", "Options", AllOfTheCore],
        ["CleverTap.Rudder", "Client", AllOfTheCore + " Options"],
        ["CleverTap.Rudder", "Delivery", AllOfTheCore + " Options Client"],
        ["CleverTap.Rudder", "Queues", AllOfTheCore + " Options Client Delivery"],
        ["CleverTap.Rudder", "Protocol", AllOfTheCore + " Options Client"],
        ["CleverTap.Rudder", "Hosting", AllOfTheCore + " Options Client Delivery Queues Protocol"],
        ["CleverTap.Rudder.Sqlite", "Storage", "."],
        ["CleverTap.Rudder.Sqlite", "DeadLetters", ". Storage"],
        ["CleverTap.Rudder.Sqlite", "Outbox", ". Storage DeadLetters"],
        ["CleverTap.Rudder.Kafka", "Client", "."],
        ["CleverTap.Rudder.Kafka", "DeadLetters", ". Client"],
        ["CleverTap.Rudder.Kafka", "Consuming", ". Client DeadLetters"],
        ["CleverTap.Rudder.Kafka", "Queue", ". Client DeadLetters Consuming"],
        ["CleverTap.Rudder.AspNetCore", "Rendering", "."],
        ["CleverTap.Rudder.AspNetCore", "Endpoints", "."],
        ["CleverTap.Rudder.Testing", "Faults", "."],
        ["CleverTap.Rudder.Testing", "Validation", "."],
        ["CleverTap.Rudder.Testing", "Stored", ". Faults Validation"],
        ["CleverTap.Rudder.Testing", "Storage", ". Faults Validation Stored"],
        ["CleverTap.Rudder.Testing", "Api", ". Faults Validation Stored Storage"],
        ["CleverTap.Rudder.Testing", "Hosting", ". Faults Validation Stored Storage Api"],
#if NET10_0_OR_GREATER
        ["CleverTap.Rudder.Tool", "CommandLine", ""],
        ["CleverTap.Rudder.Tool", "Input", "CommandLine"],
        ["CleverTap.Rudder.Tool", "Output", "CommandLine Input"],
        ["CleverTap.Rudder.Tool", "Transform", "CommandLine Input Output"],
        ["CleverTap.Rudder.Tool", "Compare", "CommandLine Input Output Transform"],
        ["CleverTap.Rudder.Tool", "Emulator", "CommandLine Output"],
        ["CleverTap.Rudder.Tool", "Deliver", "CommandLine Input Output Emulator"],
        ["CleverTap.Rudder.Tool", "DeadLetters", "CommandLine Output"],
        ["CleverTap.Rudder.Tool", "CheckAccount", "CommandLine Output"],
#endif
    ];

    private static readonly string[] Packages =
    [
        "CleverTap.Rudder",
        "CleverTap.Rudder.Sqlite",
        "CleverTap.Rudder.Kafka",
        "CleverTap.Rudder.AspNetCore",
        "CleverTap.Rudder.Testing",
#if NET10_0_OR_GREATER
        "CleverTap.Rudder.Tool",
#endif
    ];

    [TestCaseSource(nameof(Arrows))]
    public void Folder_uses_only_the_folders_below_it(string package, string folder, string allowed)
    {
        string[] known = [folder, .. allowed.Split(' ')];

        string[] offences =
        [
            .. from use in CompiledTypes.Of(package).Uses
            where TopOf(use.From) == folder && !known.Contains(TopOf(use.To))
            select $"{use.Member} uses {use.Type} of {use.To}",
        ];

        Assert.That(offences.Distinct(), Is.Empty);
    }

    [Test]
    public void Engine_does_not_use_the_destination_in_front_of_it()
    {
        string[] offences =
        [
            .. from use in CompiledTypes.Of("CleverTap.Rudder").Uses
            where use.From == "Delivery/Engine" && use.To is "Delivery" or "Delivery/Hooks" or "Delivery/Routing"
            select $"{use.Member} uses {use.Type}",
        ];

        Assert.That(offences.Distinct(), Is.Empty);
    }

    [TestCaseSource(nameof(Packages))]
    public void Every_folder_of_a_package_has_its_arrows(string package)
    {
        string[] folders = [.. CompiledTypes.Of(package).Folders.Select(TopOf).Where(folder => folder != ".").Distinct()];

        Assert.That(Arrows.Where(row => Equals(row[0], package) && !Equals(row[1], ".")).Select(row => row[1]), Is.EquivalentTo(folders));
    }

    [TestCase("CleverTap.Rudder", "CleverTap.Rudder", "CleverTap.Rudder.Internal")]
    [TestCase("CleverTap.Rudder.Sqlite", "CleverTap.Rudder", "CleverTap.Rudder.Internal.Sqlite")]
    [TestCase("CleverTap.Rudder.Kafka", "CleverTap.Rudder", "CleverTap.Rudder.Internal.Kafka")]
    [TestCase("CleverTap.Rudder.AspNetCore", "CleverTap.Rudder.AspNetCore", "CleverTap.Rudder.Internal.AspNetCore")]
    [TestCase("CleverTap.Rudder.Testing", "CleverTap.Rudder.Testing", "CleverTap.Rudder.Internal.Testing")]
#if NET10_0_OR_GREATER
    [TestCase("CleverTap.Rudder.Tool", "CleverTap.Rudder.Tool", "CleverTap.Rudder.Tool")]
#endif
    public void Internal_types_have_the_namespace_of_their_folder(string package, string publicNamespace, string internalRoot)
    {
        IEnumerable<string> misplaced = CompiledTypes.Of(package).Misplaced(publicNamespace, folder => NamespaceOf(internalRoot, folder));

        Assert.That(misplaced, Is.Empty);
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

    /// <summary>A line that holds a text in quotes, such as JSON, cannot always be cut.</summary>
    [Test]
    public void Every_line_without_a_text_ends_within_140_columns()
    {
        string[] wide =
        [
            .. from file in Repository.SourceFiles()
            from line in File.ReadLines(file)
            where line.Length > 140 && !line.Contains('"', StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}",
        ];

        Assert.That(wide, Is.Empty);
    }

    /// <summary>The engine of the delivery has a namespace of its own; other sub-folders share the one of their folder.</summary>
    private static string NamespaceOf(string root, string folder) =>
        folder switch
        {
            "" => root,
            "Delivery/Engine" => root + ".Delivery.Engine",
            _ => $"{root}.{TopOf(folder)}",
        };

    private static string TopOf(string folder) => folder.Length == 0 ? "." : folder.Split('/')[0];
}
