using System.Buffers;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Protocol;

namespace CleverTap.Rudder;

/// <summary>Implements rudder-transformer's protocol for the CleverTap destination without HTTP.</summary>
/// <remarks>
/// Each method takes the body of a request, writes the body of the response and returns its HTTP status. Put it behind an HTTP server,
/// and rudder-server transforms through it (see the sample TransformerService). Every response needs the header
/// <see cref="ApiVersionHeader"/>. An invalid job gets its own error and never fails other jobs. Immutable and thread-safe.
/// </remarks>
/// <example>
/// <code>
/// var protocol = new RudderTransformerProtocol();
/// var output = new ArrayBufferWriter&lt;byte&gt;();
/// int status = protocol.Process(body, output);
/// </code>
/// </example>
public sealed class RudderTransformerProtocol
{
    /// <summary>The name of the response header that rudder-server requires: <c>apiVersion: 2</c>.</summary>
    public const string ApiVersionHeader = "apiVersion";

    /// <summary>The value of <see cref="ApiVersionHeader"/>.</summary>
    public const string ApiVersion = "2";

    /// <summary>The name of the destination in the protocol, as a path segment or a <c>destType</c>.</summary>
    /// <remarks>Its case and surrounding white space are ignored.</remarks>
    public const string DestType = "clevertap";

    private readonly MappingOptions mapping;

    /// <summary>Creates the protocol for a mapping.</summary>
    /// <param name="mapping">
    /// How events become records. The switches of a destination (<c>trackAnonymous</c>, <c>enableObjectIdMapping</c>) override it. The
    /// default is <see cref="MappingOptions.RudderTransformer"/> with events of up to 4 MiB, the limit of rudder-server.
    /// </param>
    public RudderTransformerProtocol(MappingOptions? mapping = null) => this.mapping = mapping ?? RudderTransformerOptions.DefaultMapping;

    /// <summary>Gets the response to <c>GET /features</c>, JSON in UTF-8.</summary>
    /// <remarks>
    /// The router transforms for CleverTap, users can be deleted, the proxy supports version 1, and compacted requests are supported.
    /// </remarks>
    public static ReadOnlyMemory<byte> Features { get; } =
        """
        {"routerTransform":{"CLEVERTAP":true},"regulations":["CLEVERTAP"],"supportSourceTransformV1":true,"upgradedToSourceTransformV2":true,"supportTransformerProxyV1":true,"supportDestTransformCompactedPayloadV1":true}
        """u8.ToArray();

    /// <summary>Whether a name, as a path segment or <c>destType</c>, is the name of the CleverTap destination.</summary>
    /// <param name="destType">The name.</param>
    public static bool IsCleverTap(string? destType) => string.Equals(destType?.Trim(), DestType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the destination of a request whose path does not name it.</summary>
    /// <param name="body">The request, JSON in UTF-8.</param>
    /// <returns>The <c>destType</c> of a router request or of the first user deletion; null if the body does not contain it.</returns>
    public static string? ReadDestType(ReadOnlyMemory<byte> body)
    {
        JsonSlice json = JsonSlice.Parse(body, JsonSlice.AnyDepth);
        var elements = new ElementReader(json);
        return (elements.Next() ? elements.Value : json).Member("destType"u8).ToText();
    }

    /// <summary>Handles <c>POST /v0/destinations/clevertap</c>.</summary>
    /// <remarks>The response has one item for each record, or one item with an error, for each job, in the order of the jobs.</remarks>
    /// <param name="body">The jobs, plain or compacted, JSON in UTF-8.</param>
    /// <param name="output">Receives the response, JSON in UTF-8.</param>
    /// <returns>The HTTP status: 200, or 400 if the body is not JSON or contains no array of jobs.</returns>
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

        new ProcessorResponse(output, mapping).Write(request.Jobs);
        return 200;
    }

    /// <summary>Handles <c>POST /routerTransform</c>.</summary>
    /// <remarks>The response has batches of up to 1000 records for each destination, then the errors of the destination.</remarks>
    /// <param name="body"><c>{"destType":"clevertap","input":[jobs]}</c>, plain or compacted, JSON in UTF-8.</param>
    /// <param name="output">Receives the response, JSON in UTF-8.</param>
    /// <returns>The HTTP status: 200, 400 if the body is not a JSON object, 404 for another destination.</returns>
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

    /// <summary>Writes the protocol's response for a destination that is not CleverTap.</summary>
    /// <param name="destType">The name of the destination.</param>
    /// <param name="output">Receives the response, JSON in UTF-8.</param>
    /// <returns>The HTTP status: 404.</returns>
    public static int RejectDestination(string? destType, IBufferWriter<byte> output) =>
        Reject(output, 404, $"Unknown destination: {destType}");

    internal static int Reject(IBufferWriter<byte> output, int status, string error)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteText("error"u8, error);
        writer.WriteEndObject();
        return status;
    }
}
