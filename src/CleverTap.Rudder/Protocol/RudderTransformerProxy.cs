using System.Buffers;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Options;
using CleverTap.Rudder.Internal.Protocol;

namespace CleverTap.Rudder;

/// <summary>Implements the delivery proxy and the deletion of users of rudder-transformer's protocol.</summary>
/// <remarks>
/// It sends requests only to CleverTap's own hosts or to <see cref="RudderTransformerOptions.Endpoint"/>. Thread-safe. Register it with
/// <c>services.AddRudderTransformer(…)</c>.
/// </remarks>
public sealed class RudderTransformerProxy
{
    private readonly HttpClient http;
    private readonly RudderTransformerOptions options;
    private readonly TimeProvider time;
    private readonly Uri? configuredEndpoint;

    /// <summary>Creates a proxy for an HTTP client.</summary>
    /// <param name="http">
    /// Sends the requests. It should not follow redirects, and its timeout should be longer than
    /// <see cref="RudderTransformerOptions.Timeout"/>.
    /// </param>
    /// <param name="options">The endpoint and the timeout. Do not change them afterwards.</param>
    /// <param name="timeProvider">Measures the timeout; the default is <see cref="TimeProvider.System"/>.</param>
    public RudderTransformerProxy(HttpClient http, RudderTransformerOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        this.http = http;
        this.options = options;
        if (options.Endpoint is { } endpoint)
        {
            configuredEndpoint = CleverTapEndpoint.From(options.For(null, null, endpoint));
        }

        time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Handles <c>POST /v0/destinations/clevertap/proxy</c> and <c>/v1/…</c>: sends the request to CleverTap once.</summary>
    /// <remarks>
    /// Version 0 has one status for all jobs, version 1 one status for each job. If CleverTap rejects some records, version 1 fails only
    /// their jobs.
    /// </remarks>
    /// <param name="version">0 or 1.</param>
    /// <param name="body">The request as the router received it, with the jobs' <c>metadata</c>; JSON in UTF-8.</param>
    /// <param name="output">Receives the response, JSON in UTF-8.</param>
    /// <param name="cancellationToken">Stops waiting for CleverTap, which may have stored the records nevertheless.</param>
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

    /// <summary>Handles <c>POST /deleteUsers</c>: deletes the profiles of each element's users.</summary>
    /// <param name="body">An array of <c>{"destType", "config", "userAttributes"}</c>; JSON in UTF-8.</param>
    /// <param name="output">Receives the response, JSON in UTF-8.</param>
    /// <param name="cancellationToken">Stops between and during calls; it does not undo earlier calls.</param>
    /// <returns>The HTTP status of the first element: 200 if its users will be deleted.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<int> DeleteUsersAsync(
        ReadOnlyMemory<byte> body,
        IBufferWriter<byte> output,
        CancellationToken cancellationToken = default
    ) => UserDeletion.HandleAsync(body, output, DeleteProfilesAsync, cancellationToken);

    private async Task<(ProxyResult Result, JsonSlice Response)> SendAsync(ProxyRequest request, CancellationToken cancellationToken)
    {
        if (request.Endpoint is not { } endpoint || !IsAllowed(endpoint))
        {
            return Reject("The endpoint is not an address of CleverTap");
        }

        if (EndpointRules.CredentialsError(request.AccountId, request.Passcode) is { } headerError)
        {
            return Reject(headerError);
        }

        if (request.Payload.Kind != JsonValueKind.Object)
        {
            return Reject("body.JSON must be an object");
        }

        var client = new CleverTapHttp(
            http,
            options.For(request.AccountId, request.Passcode, new Uri(endpoint.GetLeftPart(UriPartial.Authority))),
            time
        );
        RawResponse response = await client
            .SendRawAsync(ToRelativePath(endpoint), request.Payload.Raw, cancellationToken)
            .ConfigureAwait(false);
        return (ProxyResult.FromResponse(response, request), ToJson(response));
    }

    private static (ProxyResult Result, JsonSlice Response) Reject(string reason) =>
        (ProxyResult.CreateRejected(reason), JsonSlice.FromText(reason));

    private bool IsAllowed(Uri endpoint) => CleverTapEndpoint.IsCleverTap(endpoint) || configuredEndpoint?.IsBaseOf(endpoint) == true;

    /// <summary>Returns the path below the base address, which the configured endpoint may replace.</summary>
    /// <remarks>It begins with <c>./</c> so that a path such as <c>/https://…</c> cannot lead to another host.</remarks>
    private string ToRelativePath(Uri endpoint)
    {
        string path =
            configuredEndpoint?.IsBaseOf(endpoint) == true
                ? configuredEndpoint.MakeRelativeUri(endpoint).ToString()
                : endpoint.PathAndQuery.TrimStart('/');
        return $"./{path}";
    }

    /// <summary>Returns CleverTap's response as compact JSON.</summary>
    /// <remarks>A response that is not JSON becomes a JSON string, and so does the error text if there is no response.</remarks>
    private static JsonSlice ToJson(RawResponse response)
    {
        if (response.Error is { } error)
        {
            return JsonSlice.FromText(error);
        }

        JsonSlice json = JsonSlice.Parse(response.Body);
        if (json.IsMissing)
        {
            return JsonSlice.FromText(Encoding.UTF8.GetString(response.Body.Span));
        }

        var compact = new Utf8Buffer();
        new EcmaScriptJsonWriter(compact).Append(json, NumberFormat.EcmaScript);
        return new JsonSlice(compact.Written.ToArray());
    }

    private Task<CleverTapResponse> DeleteProfilesAsync(
        RudderDestinationConfig config,
        IEnumerable<string> identities,
        CancellationToken cancellationToken
    )
    {
        CleverTapOptions account = options.For(config.AccountId, config.Passcode, CleverTapEndpoint.FromRegion(config.Region));
        return new CleverTapClient(http, account, time).DeleteProfilesAsync(identities, cancellationToken);
    }
}
