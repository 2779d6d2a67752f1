using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.AotSmoke;

/// <summary>Transforms a case under both presets with every overload.</summary>
internal static class TransformChecks
{
    public static void Run(Checks checks, SmokeCase smokeCase)
    {
        Run(checks, $"{smokeCase.Name}, default", smokeCase, MappingOptions.Default, smokeCase.Default);
        Run(checks, $"{smokeCase.Name}, as rudder-transformer", smokeCase, MappingOptions.RudderTransformer, smokeCase.RudderTransformer);
    }

    private static void Run(Checks checks, string what, SmokeCase smokeCase, MappingOptions preset, string expected)
    {
        var transformer = new CleverTapTransformer(preset with { EnableObjectIdMapping = smokeCase.ObjectIdMapping });
        byte[] utf8 = Encoding.UTF8.GetBytes(smokeCase.Event);
        using JsonDocument document = JsonDocument.Parse(utf8);

        checks.AreEqual($"{what}: from text", expected, Format(transformer.Transform(smokeCase.Event)));
        checks.AreEqual($"{what}: from UTF-8", expected, Format(transformer.Transform(utf8)));
        checks.AreEqual($"{what}: from an element", expected, Format(transformer.Transform(document.RootElement)));
        checks.AreEqual($"{what}: UTF-8 to UTF-8", expected, Utf8ToUtf8(transformer, utf8));
        checks.AreEqual($"{what}: read, then transformed", expected, ReadFirst(transformer, utf8));
    }

    public static string Format(TransformResult result) =>
        result.Error?.Code.ToString()
        ?? result.FilterReason?.ToString()
        ?? string.Join(',', result.Records.Select(record => record.ToJson()));

    private static string Utf8ToUtf8(CleverTapTransformer transformer, byte[] utf8)
    {
        var output = new ArrayBufferWriter<byte>();
        Utf8TransformResult result = transformer.Transform(utf8, output);
        return result.Error?.Code.ToString() ?? result.FilterReason?.ToString() ?? Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string ReadFirst(CleverTapTransformer transformer, byte[] utf8) =>
        RudderEvent.TryRead(utf8, out RudderEvent? read, out EventError? error)
            ? Format(transformer.Transform(read))
            : error.Code.ToString();
}
