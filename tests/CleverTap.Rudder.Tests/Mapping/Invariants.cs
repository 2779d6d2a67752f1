using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Checks conditions that are true for every input. A check throws an exception that describes the violation.</summary>
internal static class Invariants
{
    private static readonly ConsentRequirement[] Consent =
    [
        new() { ConsentIds = ["C1", "C2"], Strategy = ConsentStrategy.Or },
        new()
        {
            Provider = "oneTrust",
            ConsentIds = ["C1"],
            IsLegacy = true,
        },
    ];

    public static CleverTapTransformer[] Transformers { get; } =
    [
        new(MappingOptions.Default),
        new(MappingOptions.RudderTransformer),
        new(MappingOptions.Default with { EnableObjectIdMapping = true, NativeSdk = NativeSdkPlatforms.All, Consent = Consent }),
        new(MappingOptions.RudderTransformer with { EnableObjectIdMapping = true, TrackAnonymous = true }),
    ];

    public static void HasOneOutcome(TransformResult result)
    {
        Require(result.ToString().Length > 0, "a result has a text");
        Require(result.Status == TransformStatus.Mapped == result.Records.Count > 0, "records if and only if mapped");
        Require(result.Status == TransformStatus.Filtered == result.FilterReason is not null, "a reason if and only if filtered");
        Require(result.Status == TransformStatus.Invalid == result.Error is not null, "an error if and only if invalid");
        Require(result.Error is null || result.Error.Message.Length > 0, "an error has a message");
        Require(result.Warnings.All(warning => warning.Message.Length > 0), "a warning has a message");
        Require(result.Status == TransformStatus.Mapped || result.Warnings.Count == 0, "warnings only if mapped");
        foreach (CleverTapRecord record in result.Records)
        {
            IsWellFormed(record);
        }
    }

    public static void GivesEqualResultsByEveryOverload(CleverTapTransformer transformer, byte[] utf8)
    {
        TransformResult result = transformer.Transform(utf8);
        AreEqual(result, transformer.Transform(utf8));

        var output = new ArrayBufferWriter<byte>();
        Utf8TransformResult written = transformer.Transform(utf8, output);
        Require(written.Status == result.Status && written.FilterReason == result.FilterReason, "UTF-8 to UTF-8: the same outcome");
        Require(written.Error == result.Error, "UTF-8 to UTF-8: the same error");
        Require(written.RecordCount == result.Records.Count, "UTF-8 to UTF-8: the same number of records");
        Require(written.Warnings.SequenceEqual(result.Warnings), "UTF-8 to UTF-8: the same warnings");
        byte[] joined = Encoding.UTF8.GetBytes(string.Join(",", result.Records.Select(record => record.ToJson())));
        Require(output.WrittenSpan.SequenceEqual(joined), "UTF-8 to UTF-8: the same bytes");

        if (RudderEvent.TryRead(utf8, out RudderEvent? parsed, out EventError? error))
        {
            AreEqual(result, transformer.Transform(parsed));
            AreEqual(result, transformer.Transform(parsed with { }));
        }
        else
        {
            // TryRead checks every token of an event; Transform skips what it does not send.
            FilterReason? reason = transformer.Options.FilterReasonFor(error);
            Require(
                reason == result.FilterReason || reason is null,
                $"input that is not an event is filtered for the same reason, not {reason} and {result}"
            );
            Require(
                reason is not null || error.Code == EventErrorCode.NotJson || IsSameError(result.Error, error, transformer.Options),
                $"input that cannot be read is invalid for the same reason, not {error} and {result}"
            );
        }
    }

    /// <summary>Whether two errors are equal. For input that is not an event, the parity preset keeps the text of the reference.</summary>
    private static bool IsSameError(EventError? transformed, EventError read, MappingOptions options) =>
        transformed == read
        || (
            !options.CheckRules
            && read.Code is EventErrorCode.TypeMissing or EventErrorCode.NotAnObject
            && transformed! with { Message = read.Message, Expected = read.Expected } == read
        );

    public static void AreEqual(TransformResult one, TransformResult other)
    {
        Require(one.Status == other.Status && one.FilterReason == other.FilterReason, $"the same outcome, not {one} and {other}");
        Require(one.Error == other.Error, $"the same error, not {one} and {other}");
        Require(one.Records.SequenceEqual(other.Records), "equal records");
        Require(
            one.Records.Zip(other.Records).All(pair => pair.First.Utf8Json.Span.SequenceEqual(pair.Second.Utf8Json.Span)),
            "the same bytes"
        );
        Require(one.Warnings.SequenceEqual(other.Warnings), "the same warnings");
    }

    private static void IsWellFormed(CleverTapRecord record)
    {
        _ = CanonicalJson.Of(record.Utf8Json.Span);
        using JsonDocument json = JsonDocument.Parse(record.Utf8Json);
        JsonElement root = json.RootElement;
        (string type, string data) = record switch
        {
            ProfileRecord => ("profile", "profileData"),
            EventRecord => ("event", "evtData"),
            _ => ("token", "tokenData"),
        };
        Require(root.GetProperty("type").ValueEquals(type), $"a {record.GetType().Name} is of type {type}");
        Require(root.GetProperty(data).ValueKind == JsonValueKind.Object, $"{data} is an object");
        Require(record is not EventRecord || root.TryGetProperty("evtName", out _), "an event has a name");
        Require(record is not DeviceTokenRecord || root.TryGetProperty("objectId", out _), "a token has a device");
        bool identified = root.TryGetProperty("identity", out JsonElement identity);
        Require(!identified || identity.ValueKind is JsonValueKind.String or JsonValueKind.Null, "an identity is text");
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Broken: {rule}");
        }
    }
}
