using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Mapping;
using CleverTap.Rudder.Internal.Options;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder;

/// <summary>
/// CleverTap's server API, call by call, without retries. Get it from <c>services.AddCleverTapDestination(…)</c>, or create one
/// over an <see cref="HttpClient"/> of your own. A failure is a response, never an exception. Thread-safe.
/// </summary>
public sealed class CleverTapClient
{
    private const string DeletePath = "1/delete/profiles.json";
    private const int UsersPerCall = CleverTapRules.UsersPerCall;

    private readonly CleverTapHttp http;

    /// <summary>A client for one account.</summary>
    /// <param name="http">Sends the requests. Its own timeout counts too; the options' timeout is per call.</param>
    /// <param name="options">The account and where it is. Not changed afterwards.</param>
    /// <param name="timeProvider">Measures the timeout; the system's where left out.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message names every error.</exception>
    public CleverTapClient(HttpClient http, CleverTapOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        if (new CleverTapOptionsValidator().Validate(null, options) is { Failed: true } result)
        {
            throw new ArgumentException(result.FailureMessage, nameof(options));
        }

        this.http = new CleverTapHttp(http, options, timeProvider ?? TimeProvider.System);
    }

    private CleverTapClient(CleverTapHttp http) => this.http = http;

    /// <summary>A client over options that were validated when the host started, so that an upload does not do it again.</summary>
    internal static CleverTapClient OverValidated(HttpClient http, CleverTapOptions options, TimeProvider time) =>
        new(new CleverTapHttp(http, options, time));

    /// <summary>Uploads records (<c>POST /1/upload</c>).</summary>
    /// <param name="records">Up to 1000 records, or up to 100 device tokens.</param>
    /// <param name="dryRun">Whether CleverTap shall check the records and store nothing.</param>
    /// <param name="cancellationToken">Stops waiting for the response; CleverTap may have stored the records all the same.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<CleverTapResponse> UploadAsync(
        IReadOnlyList<CleverTapRecord> records,
        bool dryRun = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(records);
        return http.PostAsync(dryRun ? "1/upload?dryRun=1" : "1/upload", new UploadContent(records), cancellationToken);
    }

    /// <summary>
    /// Deletes profiles (<c>POST /1/delete/profiles.json</c>), 100 a call, one call after the other. CleverTap carries it out
    /// within 48 hours; the events stay until they expire.
    /// </summary>
    /// <param name="identities">The users' identities. An identity that is given twice is sent once; empty ones are skipped.</param>
    /// <param name="cancellationToken">Stops between and during calls; earlier calls stand.</param>
    /// <returns>The last response: the first that is no success, if any, after which no more calls are made.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<CleverTapResponse> DeleteProfilesAsync(IEnumerable<string> identities, CancellationToken cancellationToken = default) =>
        PerHundredAsync(DeletePath, "identity", identities, cancellationToken);

    /// <summary>
    /// Deletes profiles by CleverTap's own ids (<c>guid</c>), such as those of anonymous profiles, which have no identity. Otherwise
    /// the same as <see cref="DeleteProfilesAsync"/>.
    /// </summary>
    /// <param name="cleverTapIds">The CleverTap ids. An id that is given twice is sent once; empty ids are skipped.</param>
    /// <param name="cancellationToken">Stops between and during calls; earlier calls stand.</param>
    /// <returns>The last response: the first that is no success, if any, after which no more calls are made.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<CleverTapResponse> DeleteProfilesByCleverTapIdAsync(
        IEnumerable<string> cleverTapIds,
        CancellationToken cancellationToken = default
    ) => PerHundredAsync(DeletePath, "guid", cleverTapIds, cancellationToken);

    /// <summary>
    /// Splits profiles that were merged by mistake (<c>POST /1/demerge/profiles.json</c>), 100 a call, one call after the other.
    /// Event data may be lost; the profiles become anonymous.
    /// </summary>
    /// <param name="identities">The identities of the profiles.</param>
    /// <param name="cancellationToken">Stops between and during calls; earlier calls stand.</param>
    /// <returns>The last response: the first that is no success, if any, after which no more calls are made.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<CleverTapResponse> DemergeProfilesAsync(IEnumerable<string> identities, CancellationToken cancellationToken = default) =>
        PerHundredAsync("1/demerge/profiles.json", "identities", identities, cancellationToken);

    /// <summary>Takes phone numbers away from all profiles that hold them (<c>POST /1/disassociate</c>).</summary>
    /// <param name="phones">Up to 1000 numbers, <c>+&lt;country code&gt;&lt;number&gt;</c>.</param>
    /// <param name="cancellationToken">Stops waiting for the response.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<CleverTapResponse> DisassociateAsync(IEnumerable<string> phones, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(phones);
        return http.PostAsync(
            "1/disassociate",
            RequestBody.Entries(
                phones,
                static (writer, phone) =>
                {
                    writer.WriteString("type", "phone");
                    writer.WriteString("value", phone);
                }
            ),
            cancellationToken
        );
    }

    /// <summary>Subscribes or unsubscribes addresses, for all profiles that hold them (<c>POST /1/subscribe</c>).</summary>
    /// <param name="subscriptions">Up to 1000 addresses.</param>
    /// <param name="cancellationToken">Stops waiting for the response.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<CleverTapResponse> SubscribeAsync(IEnumerable<Subscription> subscriptions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subscriptions);
        return http.PostAsync(
            "1/subscribe",
            RequestBody.Entries(
                subscriptions,
                static (writer, subscription) =>
                {
                    writer.WriteString("type", NameOf(subscription.Kind));
                    writer.WriteString("value", subscription.Value);
                    writer.WriteString("status", subscription.Subscribed ? "Resubscribe" : "Unsubscribe");
                }
            ),
            cancellationToken
        );
    }

    /// <summary>Asks whether the account id and passcode are good for the region (<c>GET /v1/connect</c>).</summary>
    /// <param name="cancellationToken">Stops waiting for the response.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<CleverTapResponse> CheckCredentialsAsync(CancellationToken cancellationToken = default) =>
        http.GetAsync("v1/connect?partner=CleverTap.Rudder", cancellationToken);

    private static string NameOf(ContactKind kind) =>
        kind switch
        {
            ContactKind.Phone => "phone",
            ContactKind.Email => "email",
            _ => "whatsapp",
        };

    private async Task<CleverTapResponse> PerHundredAsync(
        string path,
        string member,
        IEnumerable<string> ids,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(ids);
        var response = new CleverTapResponse { Status = ResponseStatus.Success };
        foreach (string[] chunk in ids.Where(id => !string.IsNullOrEmpty(id)).Distinct().Chunk(UsersPerCall))
        {
            response = await http.PostAsync(path, RequestBody.Texts(member, chunk), cancellationToken).ConfigureAwait(false);
            if (response.Status != ResponseStatus.Success)
            {
                break;
            }
        }

        return response;
    }
}
