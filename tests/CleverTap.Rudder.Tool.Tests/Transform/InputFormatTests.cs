using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Tool.Transform;

/// <summary>Every command reads the same kinds of input.</summary>
public sealed class InputFormatTests
{
    private const string Track = """{"type":"track","userId":"user-1","event":"Checked Out"}""";
    private const string Page = """{"type":"page","userId":"user-1","name":"Home"}""";

    private static readonly string[] EventNames = ["Checked Out", "Web Page Viewed: Home"];

    [Test]
    public async Task Gzip_is_recognised_by_content() => AssertBoth(await TransformAsync(Compress($"{Track}\n{Page}\n")));

    [Test]
    public async Task Utf16_with_a_byte_order_mark_is_read() =>
        AssertBoth(await TransformAsync([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes($"{Track}\r\n{Page}")]));

    [TestCase("[{0},{1}]", 1, 1)]
    [TestCase("[\n  {0},\n  {1}\n]\n", 2, 3)]
    [TestCase("\n [ {0} , {1} ] ", 2, 2)]
    [TestCase("{{\"batch\":[{0},{1}]}}", 1, 1)]
    [TestCase("{{\n\"sentAt\":\"2026-01-01T00:00:00Z\",\n\"batch\":[\n{0},\n{1}]\n}}", 1, 1)]
    [TestCase("{{\"batch\":[{0}]}}\n{{\"batch\":[{1}]}}\n", 1, 2)]
    [TestCase("{{\"batch\":[{0}]}}\n{1}\n", 1, 2)]
    public async Task Array_or_batch_body_gives_its_events(string format, int line, int nextLine)
    {
        ToolRun run = await TransformAsync(Encoding.UTF8.GetBytes(string.Format(null, format, Track, Page)));

        AssertBoth(run);
        Assert.That(run.Results.Select(result => result.GetProperty("line").GetInt32()), Is.EqualTo(new[] { line, nextLine }));
    }

    [Test]
    public async Task Events_that_span_lines_are_read()
    {
        string indented = string.Join('\n', new[] { Track, Page }.Select(Indent));

        AssertBoth(await TransformAsync(Encoding.UTF8.GetBytes(indented)));
    }

    [Test]
    public async Task Invalid_element_of_an_array_does_not_affect_the_others()
    {
        ToolRun run = await TransformAsync(Encoding.UTF8.GetBytes($"[{Track}, 7, {{\"type\": tru}}, {Page}]"));

        Assert.That(
            run.Results.Select(result => result.GetProperty("status").GetString()),
            Is.EqualTo(new[] { "mapped", "invalid", "invalid", "mapped" })
        );
    }

    [Test]
    public async Task Damaged_gzip_gives_the_results_before_the_damage_and_exit_code_1()
    {
        byte[] whole = Compress(
            string.Concat(Enumerable.Repeat(Track + "\n", 20_000).Select((line, i) => line.Replace("user-1", $"user-{i}")))
        );

        ToolRun run = await TransformAsync(whole[..(whole.Length / 2)]);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.StartWith("The run broke off: the gzip data is damaged").And.Not.Contain("   at "));
        Assert.That(run.Results, Has.Count.GreaterThan(1000));
    }

    [Test]
    public async Task Endless_line_is_invalid_and_the_next_line_is_read()
    {
        byte[] endless = Encoding.UTF8.GetBytes(new string('x', 20 * 1024 * 1024) + "\n" + Track);

        ToolRun run = await TransformAsync(endless);

        Assert.That(run.Results.Select(result => result.GetProperty("status").GetString()), Is.EqualTo(new[] { "invalid", "mapped" }));
    }

    [TestCase("[{0},\n{1}", "the end of the array")]
    [TestCase("[", "the end of the array")]
    [TestCase("[{0},{1},", "the end of the array")]
    [TestCase("[{0},{{\"type\":\"track\"", "the end of an event")]
    [TestCase("{{\n\"type\":\"track\",\n{0}\n{1}", "the end of an event")]
    public async Task Input_without_its_end_gives_exit_code_1(string format, string missing)
    {
        ToolRun run = await TransformAsync(Encoding.UTF8.GetBytes(string.Format(null, format, Track, Page)));

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.StartWith($"The run broke off: the input lacks {missing}"));
    }

    [TestCase(2)]
    [TestCase(8)]
    public async Task Gzip_that_is_cut_at_its_start_gives_exit_code_1(int length)
    {
        ToolRun run = await TransformAsync(Compress(Track)[..length]);

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((1, "The run broke off: the gzip data is damaged.\n")));
    }

    [Test]
    public async Task Invalid_element_of_a_batch_does_not_affect_the_others()
    {
        ToolRun run = await TransformAsync(Encoding.UTF8.GetBytes($"{{\"batch\":[{Track}, {{\"type\": tru}}, {Page}]}}"));

        Assert.That(
            run.Results.Select(result => result.GetProperty("status").GetString()),
            Is.EqualTo(new[] { "mapped", "invalid", "mapped" })
        );
    }

    [Test]
    public async Task Empty_batch_is_invalid()
    {
        ToolRun run = await TransformAsync("""{"batch":[]}"""u8.ToArray());

        Assert.That(run.Results.Single().GetProperty("error").GetProperty("message").GetString(), Is.EqualTo("The batch is empty"));
    }

    [Test]
    public async Task Closed_pipe_ends_the_run_with_one_line_and_exit_code_1()
    {
        using Process process = ToolRun.Launch("transform");
        process.StandardOutput.Close();

        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            string lines = string.Concat(Enumerable.Repeat(Track + "\n", 2_000));
            while (!process.HasExited)
            {
                await process.StandardInput.WriteAsync(lines);
            }
        }
        catch (IOException)
        {
            // The process has ended.
        }

        await ToolRun.WaitForExitAsync(process);
        Assert.That((process.ExitCode, await error), Is.EqualTo((1, "The run broke off: Broken pipe.\n")));
    }

    private static void AssertBoth(ToolRun run) =>
        Assert.That(
            run.Results.Select(result => result.GetProperty("records")[0].GetProperty("evtName").GetString()),
            Is.EqualTo(EventNames),
            run.Error
        );

    private static Task<ToolRun> TransformAsync(byte[] input) => ToolRun.FeedAsync(input, "transform");

    private static byte[] Compress(string text)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }

    private static string Indent(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            document.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
