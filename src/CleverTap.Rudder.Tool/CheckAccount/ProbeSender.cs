using System.Net.Http.Headers;
using System.Text;
using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Options;
using CleverTap.Rudder.Tool.CommandLine;
using CleverTap.Rudder.Tool.Output;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary>Sends probes. It waits while the server is busy, and repeats a probe without a response, as a dry run may be.</summary>
internal sealed class ProbeSender : IDisposable
{
    private const int MaxAttempts = 3;
    private const int MaxThrottledAttempts = 6;
    private const string WrongCredential = "NO-SUCH-CREDENTIAL";

    private readonly CleverTapOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly Dictionary<ProbeCredentials, CleverTapHttp> senders;
    private readonly Redactor redactor;

    /// <summary>Creates a sender for an account.</summary>
    /// <exception cref="WrongUsageException">The account or the address is not valid or not safe.</exception>
    public ProbeSender(Account account, Uri? endpoint, TimeSpan timeout, TimeProvider time)
    {
        this.time = time;
        options = CreateOptions(account, endpoint, timeout);
        if (new CleverTapOptionsValidator().Validate(null, options) is { Failed: true } result)
        {
            throw new WrongUsageException(result.FailureMessage);
        }

        redactor = new Redactor(account);

        // As the library's own client: no redirection, which would carry the passcode elsewhere.
        http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = options.ConnectTimeout,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        senders = new Dictionary<ProbeCredentials, CleverTapHttp>
        {
            [ProbeCredentials.Valid] = new(http, options, time),
            [ProbeCredentials.WrongAccount] = new(http, CreateOptions(account with { Id = WrongCredential }, endpoint, timeout), time),
            [ProbeCredentials.WrongPasscode] = new(
                http,
                CreateOptions(account with { Passcode = WrongCredential }, endpoint, timeout),
                time
            ),
        };
    }

    public Uri Endpoint => CleverTapEndpoint.From(options);

    public async Task<ProbeResponse> SendAsync(ProbeRequest request, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            ProbeResponse response = await SendOnceAsync(request, cancellationToken);
            if (attempt >= MaxAttemptsFor(response.Response))
            {
                return response;
            }

            TimeSpan delay = RetryPolicy.Delay(attempt, response.Response.RetryAfter, options, Random.Shared.NextDouble());
            await Task.Delay(delay, time, cancellationToken);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<ProbeResponse> SendOnceAsync(ProbeRequest request, CancellationToken cancellationToken)
    {
        using BytesContent? content = request.Body is { } body ? new BytesContent(Encoding.UTF8.GetBytes(body)) : null;
        if (content is not null)
        {
            content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        }

        RawResponse raw = await senders[request.Credentials].SendAsync(request.Method, request.Path, content, cancellationToken);
        return ProbeResponse.Create(raw, redactor.Clean);
    }

    private static int MaxAttemptsFor(CleverTapResponse response) =>
        response switch
        {
            { HttpStatus: RetryPolicy.TooManyRequests } => MaxThrottledAttempts,
            { Status: ResponseStatus.Unavailable or ResponseStatus.NoResponse or ResponseStatus.NotConnected } => MaxAttempts,
            _ => response.Unprocessed.Any(record => record.Code == RetryPolicy.TransientRecordCode) ? MaxAttempts : 1,
        };

    private static CleverTapOptions CreateOptions(Account account, Uri? endpoint, TimeSpan timeout) =>
        new()
        {
            AccountId = account.Id,
            Passcode = account.Passcode,
            Region = account.Region,
            Endpoint = endpoint,
            Timeout = timeout,
        };
}
