using System.Net;
using System.Text.RegularExpressions;

namespace CleverTap.Rudder.Tests.House;

/// <summary>The code in pages and in documentation comments stands line for line in a test, so that it compiles.</summary>
public sealed partial class SnippetTests
{
    private static readonly string Compiled = Code("*.cs");
    private static readonly string RecipeTests = Code("*Recipes.cs");

    private static IEnumerable<TestCaseData> Snippets() =>
        from page in Page.All
        from snippet in page.CodeIn("csharp")
        select Case(page.Path, UsingDirective().Replace(snippet, ""));

    /// <summary>The configuration of the recipes; their code is among the snippets.</summary>
    private static IEnumerable<TestCaseData> RecipeConfigurations() =>
        from snippet in Page.Get("src/CleverTap.Rudder/RECIPES.md").CodeIn("json")
        select Case("RECIPES.md", snippet);

    private static IEnumerable<TestCaseData> Examples() =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        from Match code in CodeElement().Matches(File.ReadAllText(file))
        select Case(Path.GetFileName(file), WebUtility.HtmlDecode(CommentMark().Replace(code.Groups[1].Value, "")));

    [TestCaseSource(nameof(Snippets))]
    [TestCaseSource(nameof(Examples))]
    public void Snippet_is_compiled(string snippet) => Assert.That(Compiled.Contains(snippet, StringComparison.Ordinal), snippet);

    [TestCaseSource(nameof(RecipeConfigurations))]
    public void Configuration_of_a_recipe_is_tested(string snippet) =>
        Assert.That(RecipeTests.Contains(snippet, StringComparison.Ordinal), snippet);

    private static TestCaseData Case(string file, string code)
    {
        string trimmed = Trim(code);
        return new TestCaseData(trimmed).SetArgDisplayNames(file, trimmed.Split('\n')[0]);
    }

    private static string Code(string files) =>
        Trim(
            string.Join(
                '\n',
                Directory
                    .EnumerateFiles(Path.Combine(Repository.Root, "tests"), files, SearchOption.AllDirectories)
                    .Select(File.ReadAllText)
            )
        );

    private static string Trim(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim())).Trim();

    [GeneratedRegex("<code>\\s*\\n(.*?)</code>", RegexOptions.Singleline)]
    private static partial Regex CodeElement();

    [GeneratedRegex("^ *///", RegexOptions.Multiline)]
    private static partial Regex CommentMark();

    [GeneratedRegex(@"^using [\w.]+;$", RegexOptions.Multiline)]
    private static partial Regex UsingDirective();
}
