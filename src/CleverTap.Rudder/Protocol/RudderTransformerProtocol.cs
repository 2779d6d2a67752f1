using System.Buffers;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Protocol;

namespace CleverTap.Rudder;

/// <summary>
/// rudder-transformer's protocol for the CleverTap destination, without HTTP: a request body in, a response's body and status
/// out. Put it behind an HTTP server, and rudder-server transforms through it (see the sample TransformerService). The one
/// header that every response needs is <see cref="ApiVersionHeader"/>. Bad jobs get a response of their own and never fail their
/// neighbours. Immutable and safe to share between threads.
/// </summary>
public sealed class RudderTransformerProtocol
{
    /// <summary>The header without which rudder-server does not go on: <c>apiVersion: 2</c>.</summary>
    public const string ApiVersionHeader = "apiVersion";

    /// <summary>The value of <see cref="ApiVersionHeader"/>.</summary>
    public const string ApiVersion = "2";

    /// <summary>The destination's name in the protocol, as a path segment or a <c>destType</c>; in any case, white space around it does not count.</summary>
    public const string DestType = "clevertap";

    private readonly MappingOptions mapping;

    /// <summary>The protocol over a mapping.</summary>
    /// <param name="mapping">
    /// How events become records; a destination's own switches (<c>trackAnonymous</c>, <c>enableObjectIdMapping</c>) go before.
    /// Where left out, <see cref="MappingOptions.RudderTransformer"/> with events of up to 4 MiB, as rudder-server lets them in.
    /// </param>
    public RudderTransformerProtocol(MappingOptions? mapping = null) => this.mapping = mapping ?? RudderTransformerOptions.DefaultMapping;

    /// <summary>
    /// What <c>GET /features</c> answers, JSON in UTF-8: CleverTap is transformed by the router, users can be deleted, the
    /// proxy speaks version 1, compacted requests are understood.
    /// </summary>
    public static ReadOnlyMemory<byte> Features { get; } =
        """
        {"routerTransform":{"CLEVERTAP":true},"regulations":["CLEVERTAP"],"supportSourceTransformV1":true,"upgradedToSourceTransformV2":true,"supportTransformerProxyV1":true,"supportDestTransformCompactedPayloadV1":true}
        """u8.ToArray();

    /// <summary>Whether a name, as a path segment or <c>destType</c>, is that of the CleverTap destination.</summary>
    /// <param name="destType">The name.</param>
    public static bool IsCleverTap(string? destType) => string.Equals(destType?.Trim(), DestType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whom a request is for that does not say so in its path: the <c>destType</c> of a router request, or of the first user deletion.</summary>
    /// <param name="body">The request, JSON in UTF-8.</param>
    /// <returns>Null where the body does not say.</returns>
    public static string? ReadDestType(ReadOnlyMemory<byte> body)
    {
        JsonSlice json = JsonSlice.Parse(body, JsonSlice.AnyDepth);
        var elements = new ElementReader(json);
        return (elements.Next() ? elements.Value : json).Member("destType"u8).ToText();
    }

    /// <summary>Answers <c>POST /v0/destinations/clevertap</c>: an item for each record, or one with an error, for each job, in their order.</summary>
    /// <param name="body">The jobs, plain or compacted, JSON in UTF-8.</param>
    /// <param name="output">Where the response goes, JSON in UTF-8.</param>
    /// <returns>The HTTP status: 200, or 400 where the body is not JSON or holds no array of jobs.</returns>
    public int Process(ReadOnlyMemory<byte> body, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (TransformRequest.Read(body, out string error) is not { } request)
        {
            return Reject(output, 400, error);
        }

        if (request.Jobs is null)
        {
            return Reject(output, 400, "The body must be an array of jobs, or an object with one as input");
        }

        ProcessorResponse.Write(output, request.Jobs, mapping);
        return 200;
    }

    /// <summary>Answers <c>POST /routerTransform</c>: batches of up to 1000 records for each destination, then its errors.</summary>
    /// <param name="body"><c>{"destType":"clevertap","input":[jobs]}</c>, plain or compacted, JSON in UTF-8.</param>
    /// <param name="output">Where the response goes, JSON in UTF-8.</param>
    /// <returns>The HTTP status: 200, 400 where the body is not a JSON object, 404 for another destination.</returns>
    public int Route(ReadOnlyMemory<byte> body, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (TransformRequest.Read(body, out string error) is not { } request)
        {
            return Reject(output, 400, error);
        }

        if (!request.IsObject)
        {
            return Reject(output, 400, "The body must be an object with destType and an array of jobs as input");
        }

        if (!IsCleverTap(request.DestType))
        {
            return RejectDestination(request.DestType, output);
        }

        if (request.Jobs is not { Count: > 0 })
        {
            RouterResponse.WriteInvalidInput(output);
        }
        else
        {
            new RouterResponse(output, mapping, body.Length).Write(request.Jobs);
        }

        return 200;
    }

    /// <summary>The protocol's response for a destination that is not CleverTap.</summary>
    /// <param name="destType">Its name.</param>
    /// <param name="output">Where the response goes, JSON in UTF-8.</param>
    /// <returns>404.</returns>
    public static int RejectDestination(string? destType, IBufferWriter<byte> output) =>
        Reject(output, 404, $"Unknown destination: {destType}");

    internal static int Reject(IBufferWriter<byte> output, int status, string error)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write("{\"error\":"u8);
        output.Write(JsonSlice.FromText(error).Span);
        output.Write("}"u8);
        return status;
    }
}
