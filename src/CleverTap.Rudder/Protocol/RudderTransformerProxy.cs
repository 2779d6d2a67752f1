using System.Buffers;
using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Options;
using CleverTap.Rudder.Internal.Protocol;

namespace CleverTap.Rudder;

/// <summary>
/// The calls of rudder-transformer's protocol that go on to CleverTap: the delivery proxy and the deletion of users. They go
/// to CleverTap's own hosts or to <see cref="RudderTransformerOptions.Endpoint"/>, and nowhere else. Thread-safe.
/// Registered by <c>services.AddRudderTransformer(…)</c>.
/// </summary>
public sealed class RudderTransformerProxy
{
    private readonly HttpClient http;
    private readonly RudderTransformerOptions options;
    private readonly TimeProvider time;
    private readonly Uri? standIn;

    /// <summary>A proxy over a client.</summary>
    /// <param name="http">Sends the requests. It should follow no redirections, and its timeout be longer than the options'.</param>
    /// <param name="options">Where to and how long. Not changed afterwards.</param>
    /// <param name="timeProvider">Measures the timeout; the system's where left out.</param>
    public RudderTransformerProxy(HttpClient http, RudderTransformerOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        this.http = http;
        this.options = options;
        if (options.Endpoint is { } address)
        {
            standIn = CleverTapEndpoint.From(options.For(null, null, address));
        }

        time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>
    /// Answers <c>POST /v0/destinations/clevertap/proxy</c> (one status for all jobs) and <c>/v1/…</c> (one for each): sends the
    /// request to CleverTap once. Where CleverTap rejects some records, version 1 fails their jobs alone.
    /// </summary>
    /// <param name="version">0 or 1.</param>
    /// <param name="body">The request as the router got it, with the jobs' <c>metadata</c>; JSON in UTF-8.</param>
    /// <param name="output">Where the response goes, JSON in UTF-8.</param>
    /// <param name="cancellationToken">Stops waiting for CleverTap, which may have stored the records all the same.</param>
    /// <returns>The HTTP status.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<int> DeliverAsync(
        int version,
        ReadOnlyMemory<byte> body,
        IBufferWriter<byte> output,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(version is 0 or 1, true, nameof(version));
        if (ProxyRequest.Read(body, version) is not { } request)
        {
            return RudderTransformerProtocol.Reject(output, 400, "The body must be a JSON object in UTF-8");
        }

        (ProxyResult result, JsonSlice response) = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return version == 0
            ? ProxyResponse.WriteV0(output, result, response, request)
            : ProxyResponse.WriteV1(output, result, response, request);
    }

    /// <summary>Answers <c>POST /deleteUsers</c>: deletes the profiles of each element's users, and tells the first element's status.</summary>
    /// <param name="body">An array of <c>{"destType", "config", "userAttributes"}</c>; JSON in UTF-8.</param>
    /// <param name="output">Where the response goes, JSON in UTF-8.</param>
    /// <param name="cancellationToken">Stops between and during calls; earlier calls stand.</param>
    /// <returns>The HTTP status: 200 where the first element's users will be deleted.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<int> DeleteUsersAsync(
        ReadOnlyMemory<byte> body,
        IBufferWriter<byte> output,
        CancellationToken cancellationToken = default
    ) => UserDeletion.HandleAsync(body, output, DeleteAsync, cancellationToken);

    private async Task<(ProxyResult Result, JsonSlice Response)> SendAsync(ProxyRequest request, CancellationToken cancellationToken)
    {
        if (request.Endpoint is not { } endpoint || !IsAllowed(endpoint))
        {
            return Rejected("The endpoint is no address of CleverTap's");
        }

        if (CleverTapOptionsValidator.HeaderFault(request.AccountId, request.Passcode) is { } unfit)
        {
            return Rejected(unfit);
        }

        if (request.Payload.Kind != System.Text.Json.JsonValueKind.Object)
        {
            return Rejected("body.JSON must be an object");
        }

        var client = new CleverTapHttp(
            http,
            options.For(request.AccountId, request.Passcode, new Uri(endpoint.GetLeftPart(UriPartial.Authority))),
            time
        );
        RawResponse exchange = await client.SendRawAsync(PathOf(endpoint), request.Payload.Raw, cancellationToken).ConfigureAwait(false);
        return (ProxyResult.FromResponse(exchange, request), WordsOf(exchange));
    }

    private static (ProxyResult Result, JsonSlice Response) Rejected(string why) => (ProxyResult.CreateRejected(why), JsonSlice.FromText(why));

    private bool IsAllowed(Uri endpoint) => CleverTapEndpoint.IsCleverTap(endpoint) || standIn?.IsBaseOf(endpoint) == true;

    /// <summary>The path below the base address, which another address may stand in for. Begins with <c>./</c>, lest one such as <c>/https://…</c> lead elsewhere.</summary>
    private string PathOf(Uri endpoint) =>
        $"./{(standIn?.IsBaseOf(endpoint) == true ? standIn.MakeRelativeUri(endpoint).ToString() : endpoint.PathAndQuery.TrimStart('/'))}";

    /// <summary>CleverTap's response as JSON: itself, as text where it is no JSON; or ours where there is none.</summary>
    private static JsonSlice WordsOf(RawResponse exchange)
    {
        if (exchange.Error is { } error)
        {
            return JsonSlice.FromText(error);
        }

        JsonSlice json = JsonSlice.Parse(exchange.Body);
        if (json.IsMissing)
        {
            return JsonSlice.FromText(System.Text.Encoding.UTF8.GetString(exchange.Body.Span));
        }

        var compact = new Utf8Buffer();
        new EcmaScriptJsonWriter(compact).Append(json, NumberFormat.EcmaScript);
        return new JsonSlice(compact.Written.ToArray());
    }

    private Task<CleverTapResponse> DeleteAsync(
        RudderDestinationConfig config,
        IEnumerable<string> identities,
        CancellationToken cancellationToken
    ) =>
        new CleverTapClient(
            http,
            options.For(config.AccountId, config.Passcode, CleverTapEndpoint.FromRegion(config.Region)),
            time
        ).DeleteProfilesAsync(identities, cancellationToken);
}
