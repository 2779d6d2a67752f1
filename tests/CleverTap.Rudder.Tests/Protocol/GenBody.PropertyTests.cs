using System.Text;
using CleverTap.Rudder.Tests.Mapping;
using CsCheck;

namespace CleverTap.Rudder.Tests.Protocol;

/// <summary>Random requests: with well-formed jobs, with arbitrary values in the members of jobs, and damaged ones.</summary>
internal static class GenBody
{
    /// <summary>A kind of job: its message, its destination and its number of records, which is 0 if it fails.</summary>
    public sealed record Kind(string Message, string? Destination, int Records);

    private const string Seen = """{"type":"track","userId":"u1","event":"Seen","properties":{"tag":"red"}}""";

    private static readonly string Template = ProtocolClient.DestinationWith(
        "\"tag\":\"{{ event.properties.tag || none }}\",\"enableObjectIdMapping\":true"
    );

    private static readonly Gen<Kind> AnyKind = Gen.Frequency(
        (
            12,
            Gen.OneOf(
                new Kind(ProtocolClient.Track, ProtocolClient.Destination, 1),
                new Kind(ProtocolClient.Track, ProtocolClient.TokenDestination, 1),
                new Kind(Seen, Template, 1),
                new Kind(ProtocolClient.Track, Template, 1)
            )
        ),
        (
            6,
            Gen.OneOf(
                new Kind(ProtocolClient.Pair, ProtocolClient.TokenDestination, 2),
                new Kind(ProtocolClient.Pair, Template, 2),
                new Kind("""{"statusCode":200,"body":{"JSON":{"d":[{},{}]}}}""", ProtocolClient.Destination, 2)
            )
        ),
        (
            1,
            Gen.OneOf(
                new Kind(ProtocolClient.Nonsense, ProtocolClient.Destination, 0),
                new Kind("null", ProtocolClient.Destination, 0),
                new Kind(ProtocolClient.Track, null, 0),
                new Kind("""{"statusCode":200}""", ProtocolClient.TokenDestination, 0),
                new Kind(ProtocolClient.Track, ProtocolClient.DestinationWith("\"region\":\"?\""), 0)
            )
        )
    );

    private static readonly Gen<Kind?> NoJob = Gen.Bool.Select(_ => (Kind?)null);

    /// <summary>Up to 3000 jobs of one or of all kinds; null is a job that is JSON's null.</summary>
    public static Gen<Kind?[]> Kinds { get; } =
        Gen.OneOf(
            Gen.Frequency((30, AnyKind.Select(kind => (Kind?)kind)), (1, NoJob)).Array[0, 60],
            Gen.Frequency((300, AnyKind.Select(kind => (Kind?)kind)), (1, NoJob)).Array[900, 3000],
            Gen.Frequency(
                (20, Gen.Const<Kind?>(new Kind(ProtocolClient.Track, ProtocolClient.TokenDestination, 1))),
                (20, Gen.Const<Kind?>(new Kind(ProtocolClient.Pair, ProtocolClient.TokenDestination, 2)))
            ).Array[600, 3000]
        );

    private static readonly Gen<string> Metadata = Gen.OneOf(
        GenJson.Value,
        Gen.Const(ProtocolClient.Metadata(1)),
        GenJson.ObjectWith(Gen.OneOf("\"destinationId\"", "\"workspaceId\"", "\"jobId\""), GenJson.Value)
    );

    private static readonly Gen<string> Setting = Gen.OneOf(
        GenJson.Value,
        Gen.OneOf(
            "\"{{ event.userId || x }}\"",
            "\"{{ message.properties || x }}\"",
            "\"{{ event.context.traits || none }}\"",
            "\"{{ metadata.jobId || \\\"1\\\" }}\"",
            "\"{{ destination.Config || }}\""
        )
    );

    private static readonly Gen<string> Config = GenJson.ObjectWith(
        Gen.OneOf(
            "\"accountId\"",
            "\"passcode\"",
            "\"region\"",
            "\"trackAnonymous\"",
            "\"enableObjectIdMapping\"",
            "\"useNativeSDK\"",
            "\"x\""
        ),
        Setting
    );

    private static readonly Gen<string> Destination = Gen.OneOf(
        GenJson.Value,
        Gen.Const(ProtocolClient.TokenDestination),
        Gen.Select(Config, GenJson.Value, (config, id) => $$"""{"ID":{{id}},"Config":{{config}} }"""),
        GenJson.ObjectWith(Gen.OneOf("\"ID\"", "\"Config\"", "\"hasDynamicConfig\""), Gen.OneOf(Config, GenJson.Value))
    );

    private static readonly Gen<string> Message = Gen.Frequency(
        (4, GenEvent.Text),
        (1, GenJson.Value),
        (1, Gen.Select(GenJson.Value, GenJson.Value, (code, d) => $$$"""{"statusCode":{{{code}}},"body":{"JSON":{"d":{{{d}}} } } }"""))
    );

    private static readonly Gen<string> Job = Gen.Frequency(
        (
            8,
            Gen.Select(
                Message,
                Metadata,
                Destination,
                (message, metadata, destination) => $$"""{"message":{{message}},"metadata":{{metadata}},"destination":{{destination}} }"""
            )
        ),
        (1, GenJson.ObjectWith(Gen.OneOf("\"message\"", "\"metadata\"", "\"destination\""), GenJson.Value)),
        (1, GenJson.Value)
    );

    public static Gen<string> Jobs { get; } = Job.Array[0, 6].Select(jobs => $"[{string.Join(',', jobs)}]");

    public static Gen<string> Requests { get; } =
        Gen.OneOf(
            Jobs,
            Jobs.Select(jobs => $$"""{"destType":"clevertap","input":{{jobs}} }"""),
            Gen.Select(
                Jobs,
                GenJson.Value,
                (jobs, destinations) => $$"""{"destinations":{{destinations}},"destType":"clevertap","input":{{jobs}} }"""
            ),
            Gen.Select(
                Jobs,
                Destination,
                (jobs, destination) => $$"""{"input":{{jobs}},"destType":"clevertap","destinations":{"dest-1":{{destination}} } }"""
            )
        );

    private static readonly Gen<string> Header = Gen.OneOf(GenJson.Value, Gen.Const("\"acc\""));

    private static readonly Gen<string> Records = Gen.OneOf(
            GenEvent.Text,
            GenJson.Value,
            Gen.Const("""{"type":"profile","objectId":"a","profileData":{"a":1}}"""),
            Gen.Const("""{"type":"token","objectId":"a"}""")
        )
        .Array[0, 4]
        .Select(records => string.Join(',', records));

    private static readonly Gen<string> Endpoint = Gen.OneOf(
        Gen.Const("https://in1.api.clevertap.com/1/upload"),
        Gen.OneOf("https://", "http://", "//", "")
            .SelectMany(scheme =>
                Gen.OneOf("api.clevertap.com", "evil.com", "@", ":443", "/", "\\", "#", "?", ".", "in1.", "https:", "%2f", "1/upload", "😀")
                    .Array[1, 6]
                    .Select(parts => scheme + string.Concat(parts))
            )
    );

    public static Gen<string> Deliveries { get; } =
        Gen.OneOf(
            Gen.Select(
                Records,
                Metadata,
                Endpoint,
                Header,
                Header,
                (records, metadata, endpoint, accountId, passcode) => ProxyRun.Body(records, metadata, endpoint, accountId, passcode)
            ),
            Gen.Select(Records, Metadata.Array[0, 4], (records, metadata) => ProxyRun.Body(records, $"[{string.Join(',', metadata)}]")),
            GenJson.Value
        );

    public static Gen<string> Deletions { get; } =
        Gen.OneOf(
            Gen.Select(
                Config,
                GenJson.Value,
                (config, users) => $$"""[{"destType":"clevertap","config":{{config}},"userAttributes":{{users}} }]"""
            ),
            Gen.Select(
                Config,
                GenJson.ObjectWith(Gen.Const("\"userId\""), GenJson.Value).Array[0, 4],
                (config, users) =>
                    $$"""[{"destType":"clevertap","config":{"accountId":"a","passcode":"p"},"userAttributes":[{{string.Join(',', users)}}]}]"""
            ),
            GenJson.Value
        );

    /// <summary>A request with some bytes changed, removed or inserted.</summary>
    public static Gen<byte[]> Damaged(Gen<string> requests) =>
        Gen.Select(
            requests,
            Damage.Array[1, 4],
            (request, damages) => damages.Aggregate(Encoding.UTF8.GetBytes(request), (bytes, damage) => damage(bytes))
        );

    private static readonly Gen<Func<byte[], byte[]>> Damage = Gen.Select(
        Gen.Double[0, 1],
        Gen.Int[0, 6],
        Gen.OneOf<byte[]>(
            [],
            [0xFF],
            [0xED, 0xA0, 0x80],
            [.. "\""u8],
            [.. "}"u8],
            [.. "null"u8],
            [.. "\\ud800"u8],
            [.. "1e999999999999"u8],
            [.. "{{"u8]
        ),
        (position, cut, insertion) =>
            (Func<byte[], byte[]>)(
                bytes =>
                {
                    int start = Math.Min(bytes.Length, (int)(position * (bytes.Length + 1)));
                    return [.. bytes[..start], .. insertion, .. bytes[Math.Min(bytes.Length, start + cut)..]];
                }
            )
    );
}
