using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CleverTap.Rudder.Tests.House;

/// <summary>A Markdown page of the repository.</summary>
internal sealed class Page
{
    private static readonly string[] OtherFolders = ["bin", "obj", "artifacts", "node_modules", "TestResults"];

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .UsePipeTables()
        .Build();

    private readonly MarkdownDocument document;

    private Page(string path)
    {
        Path = path;
        Text = File.ReadAllText(System.IO.Path.Combine(Repository.Root, path));
        document = Markdown.Parse(Text, Pipeline);
    }

    public static IReadOnlyList<Page> All { get; } =
    [.. FindPages(Repository.Root).Order(StringComparer.Ordinal).Select(path => new Page(path))];

    /// <summary>The path from the root of the repository, with slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <summary>Whether the page of a package shows this page on nuget.org.</summary>
    public bool IsPackageReadme => Path.StartsWith("src/", StringComparison.Ordinal) && System.IO.Path.GetFileName(Path) == "README.md";

    /// <summary>The targets of links and pictures.</summary>
    public IEnumerable<string> Links => document.Descendants<LinkInline>().Select(link => link.Url ?? "");

    /// <summary>The anchors of the headings, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors => document.Descendants<HeadingBlock>().Select(heading => heading.GetAttributes().Id ?? "");

    public int WordCount => Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    public static Page Get(string path) => All.Single(page => page.Path == path);

    /// <summary>The code blocks in a language.</summary>
    public IEnumerable<string> CodeIn(string language) =>
        from block in document.Descendants<FencedCodeBlock>()
        where block.Info == language
        select block.Lines.ToString();

    public override string ToString() => Path;

    private static IEnumerable<string> FindPages(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.md")
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Concat(
                from inner in Directory.EnumerateDirectories(folder)
                where !OtherFolders.Contains(System.IO.Path.GetFileName(inner))
                from page in FindPages(inner)
                select page
            );
}
