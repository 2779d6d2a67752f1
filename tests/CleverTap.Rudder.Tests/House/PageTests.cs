using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CleverTap.Rudder.Tests.House;

/// <summary>The Markdown pages: their links, on GitHub and on nuget.org, and their length.</summary>
public sealed partial class PageTests
{
    private const int MaxWordsOfReadme = 1000;
    private const int MaxWordsOfArchitecture = 800;

    private static IEnumerable<string> Pages() => Page.All.Select(page => page.Path);

    private static IEnumerable<string> PackageReadmes() => Page.All.Where(page => page.IsPackageReadme).Select(page => page.Path);

    private static IEnumerable<string> PackageFolders() =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetDirectoryName(project)!);

    [TestCaseSource(nameof(Pages))]
    public void Links_within_the_repository_lead_to_a_file_and_a_heading(string path)
    {
        IEnumerable<string> broken = Page.Get(path).Links.Where(link => !IsAbsolute(link) && !Exists(path, link));

        Assert.That(broken, Is.Empty);
    }

    [TestCaseSource(nameof(PackageReadmes))]
    public void Package_readme_links_only_to_its_own_headings_and_public_addresses(string path)
    {
        IEnumerable<string> relative = Page.Get(path).Links.Where(link => !IsAbsolute(link) && !link.StartsWith('#'));

        Assert.That(relative, Is.Empty);
        Assert.That(Page.Get(path).Text.Contains("see above", StringComparison.OrdinalIgnoreCase), Is.False, "see above");
    }

    [TestCaseSource(nameof(PackageFolders))]
    public void Package_has_a_readme(string folder) => Assert.That(Path.Combine(folder, "README.md"), Does.Exist);

    [TestCase("README.md", MaxWordsOfReadme)]
    [TestCase("src/CleverTap.Rudder/ARCHITECTURE.md", MaxWordsOfArchitecture)]
    public void Page_is_short(string path, int maxWords) => Assert.That(Page.Get(path).WordCount, Is.LessThanOrEqualTo(maxWords));

    [TestCaseSource(nameof(Pages))]
    public void Commands_name_projects_that_exist(string path)
    {
        IEnumerable<string> missing =
            from Match command in ProjectOfCommand().Matches(Page.Get(path).Text)
            let project = command.Groups[1].Value
            where !Path.Exists(Path.Combine(Repository.Root, project))
            select project;

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Changelog_has_a_section_for_the_version_of_the_packages()
    {
        string properties = File.ReadAllText(Path.Combine(Repository.Root, "src", "Directory.Build.props"));
        string version = XDocument.Parse(properties).Descendants("VersionPrefix").Single().Value;

        Assert.That(Page.Get("src/CHANGELOG.md").Text, Does.Match($@"(?m)^## \[{version}\].*\n\n### "));
    }

    private static bool IsAbsolute(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "mailto";

    private static bool Exists(string page, string link)
    {
        string[] parts = link.Split('#', 2);
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        string target =
            parts[0].Length == 0
                ? page
                : Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(folder, parts[0]))).Replace('\\', '/');
        bool isFile = Path.Exists(Path.Combine(Repository.Root, target));
        return isFile && (parts.Length == 1 || Page.Get(target).Anchors.Contains(parts[1]));
    }

    [GeneratedRegex(@"dotnet (?:run|test|build|publish)\b[^`\n]*?((?:src|samples|tests)/[\w./]+|\w+(?:\.\w+)*\.sln)\b")]
    private static partial Regex ProjectOfCommand();
}
