using System.Buffers;
using System.Text.Json;

namespace CleverTap.Rudder.Benchmarks.Throughput;

/// <summary>One way of processing all lines.</summary>
internal sealed record Way(string Name, Action<ReadOnlyMemory<byte>[]> Run);

/// <summary>The ways that are measured. The first reads the JSON and does nothing with it; the others are compared with it.</summary>
internal static class Ways
{
    private static readonly CleverTapTransformer Default = CleverTapTransformer.Default;
    private static readonly CleverTapTransformer Parity = new(MappingOptions.RudderTransformer with { TrackAnonymous = true });

    /// <summary>Renames 20 traits and 20 properties, some of which the events have.</summary>
    private static readonly CleverTapTransformer Renaming = new(
        MappingOptions.Default with
        {
            RenameTraits = NewNames("plan", "age", "loginCount", "favoriteCategory"),
            RenameProperties = NewNames("currency", "order_id", "coupon", "affiliation"),
        }
    );

    public static Way[] All { get; } =
    [
        new("tokenize", Tokenize),
        new("document", ParseDocuments),
        new("copy", Copy),
        new("skip", Skip),
        new("read", Read),
        new("transform", lines => Transform(lines, Default)),
        new("transform-parity", lines => Transform(lines, Parity)),
        new("transform-rules", lines => Transform(lines, Renaming)),
        new("transform-records", TransformRecords),
        new("transform-parallel", TransformParallel),
    ];

    private static Dictionary<string, string> NewNames(params string[] names) =>
        names
            .Concat(Enumerable.Range(names.Length, 20 - names.Length).Select(index => $"name_{index}"))
            .ToDictionary(name => name, name => $"New {name}");

    /// <summary>Reads every line with Utf8JsonReader.</summary>
    private static void Tokenize(ReadOnlyMemory<byte>[] lines)
    {
        int tokens = 0;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            var reader = new Utf8JsonReader(line.Span);
            while (reader.Read())
            {
                tokens++;
            }
        }

        Keep(tokens);
    }

    /// <summary>Parses every line into a JsonDocument.</summary>
    private static void ParseDocuments(ReadOnlyMemory<byte>[] lines)
    {
        int objects = 0;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            using var document = JsonDocument.Parse(line);
            objects += document.RootElement.ValueKind == JsonValueKind.Object ? 1 : 0;
        }

        Keep(objects);
    }

    /// <summary>Copies every token from a reader to a writer.</summary>
    private static void Copy(ReadOnlyMemory<byte>[] lines)
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        using var writer = new Utf8JsonWriter(
            output,
            new JsonWriterOptions { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            output.ResetWrittenCount();
            writer.Reset(output);
            var reader = new Utf8JsonReader(line.Span);
            while (reader.Read())
            {
                Copy(ref reader, writer);
            }

            writer.Flush();
        }

        Keep(output.WrittenCount);
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                writer.WritePropertyName(reader.ValueSpan);
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(reader.ValueSpan);
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }

    /// <summary>
    /// Finds the end of every line with the block scanner, as the transformation does with nested values that it does not need.
    /// </summary>
    private static void Skip(ReadOnlyMemory<byte>[] lines)
    {
        int bytes = 0;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            bytes += JsonBlockScanner.FindEnd(line.Span, 0, out _);
        }

        Keep(bytes);
    }

    /// <summary>Reads the fields of every line with the tokenizer of the library.</summary>
    private static void Read(ReadOnlyMemory<byte>[] lines)
    {
        int events = 0;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            events += EventReader.Read(line, out _) is null ? 1 : 0;
        }

        Keep(events);
    }

    /// <summary>Transforms UTF-8 into the UTF-8 of the upload.</summary>
    private static void Transform(ReadOnlyMemory<byte>[] lines, CleverTapTransformer transformer)
    {
        var upload = new ArrayBufferWriter<byte>(64 * 1024);
        int records = 0;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            upload.ResetWrittenCount();
            records += transformer.Transform(line, upload).RecordCount;
        }

        if (records < lines.Length * 9 / 10)
        {
            throw new InvalidOperationException("Most events should become records");
        }
    }

    /// <summary>Transforms UTF-8 into record objects, as most hosts do.</summary>
    private static void TransformRecords(ReadOnlyMemory<byte>[] lines)
    {
        int records = 0;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            records += Default.Transform(line).Records.Count;
        }

        Keep(records);
    }

    /// <summary>Transforms UTF-8 into UTF-8 on all cores.</summary>
    private static void TransformParallel(ReadOnlyMemory<byte>[] lines)
    {
        int parts = Environment.ProcessorCount;
        int size = (lines.Length + parts - 1) / parts;
        Parallel.ForEach(lines.Chunk(size), new ParallelOptions { MaxDegreeOfParallelism = parts }, part => Transform(part, Default));
    }

    /// <summary>Prevents the JIT from removing the work.</summary>
    private static void Keep(int value) => GC.KeepAlive(value);
}
