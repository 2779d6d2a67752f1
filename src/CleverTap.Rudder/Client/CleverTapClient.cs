using CleverTap.Rudder.Internal.Client;
using CleverTap.Rudder.Internal.Options;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder;

/// <summary>Calls CleverTap's server API, one HTTP request for each call, without retries.</summary>
/// <remarks>
/// Get it from <c>services.AddCleverTapDestination(…)</c>, or create one with your <see cref="HttpClient"/>. A failure is a response, never
/// an exception. Thread-safe.
/// </remarks>
/// <example>
/// <code>
/// var client = new CleverTapClient(http, options);
/// CleverTapResponse response = await client.CheckCredentialsAsync();
/// bool isAccepted = response.Status != ResponseStatus.Unauthorized;
/// </code>
/// </example>
public sealed class CleverTapClient
{
    /// <summary>The path of the check of credentials.</summary>
    internal const string ConnectPath = "v1/connect?partner=CleverTap.Rudder";

    private const string DeletePath = "1/delete/profiles.json";
    private const int UsersPerCall = CleverTapRules.UsersPerCall;

    private readonly CleverTapHttp http;

    /// <summary>Creates a client for one account.</summary>
    /// <param name="http">Sends the requests. Its timeout applies too; the timeout of the options applies to each call.</param>
    /// <param name="options">The account and its address. The client does not change them; do not change them afterwards.</param>
    /// <param name="timeProvider">Measures the timeout. Default null: the system's clock.</param>
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

    /// <summary>Creates a client with options that the host has validated, so that an upload does not validate them again.</summary>
    internal static CleverTapClient CreateValidated(HttpClient http, CleverTapOptions options, TimeProvider time) =>
        new(new CleverTapHttp(http, options, time));

    /// <summary>Uploads records (<c>POST /1/upload</c>).</summary>
    /// <param name="records">Up to 1000 records, or up to 100 device tokens.</param>
    /// <param name="dryRun">Whether CleverTap only checks the records and stores nothing.</param>
    /// <param name="cancellationToken">Cancels the wait for the response; CleverTap may still have stored the records.</param>
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

    /// <summary>Deletes profiles (<c>POST /1/delete/profiles.json</c>) in sequential calls of 100 profiles.</summary>
    /// <remarks>CleverTap deletes the profiles within 48 hours. Their events stay until they expire.</remarks>
    /// <param name="identities">
    /// The users' identities. Duplicates are sent once. If one is empty, nothing is sent and the status is
    /// <see cref="ResponseStatus.BadRequest"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels between and during calls; earlier calls are not undone.</param>
    /// <returns>The first response that is not a success, after which no more calls are made; otherwise the last response.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<CleverTapResponse> DeleteProfilesAsync(IEnumerable<string> identities, CancellationToken cancellationToken = default) =>
        PostChunksAsync(DeletePath, "identity", identities, cancellationToken);

    /// <summary>Deletes profiles by CleverTap's ids (<c>guid</c>), such as anonymous profiles, which have no identity.</summary>
    /// <remarks>It works like <see cref="DeleteProfilesAsync"/> in all other respects.</remarks>
    /// <param name="cleverTapIds">
    /// The CleverTap ids. Duplicates are sent once. If one is empty, nothing is sent and the status is
    /// <see cref="ResponseStatus.BadRequest"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels between and during calls; earlier calls are not undone.</param>
    /// <returns>The first response that is not a success, after which no more calls are made; otherwise the last response.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<CleverTapResponse> DeleteProfilesByCleverTapIdAsync(
        IEnumerable<string> cleverTapIds,
        CancellationToken cancellationToken = default
    ) => PostChunksAsync(DeletePath, "guid", cleverTapIds, cancellationToken);

    /// <summary>
    /// Splits profiles that were merged by mistake (<c>POST /1/demerge/profiles.json</c>) in sequential calls of 100 profiles.
    /// </summary>
    /// <remarks>Event data may be lost, and the profiles become anonymous.</remarks>
    /// <param name="identities">
    /// The identities of the profiles. Duplicates are sent once. If one is empty, nothing is sent and the status is
    /// <see cref="ResponseStatus.BadRequest"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels between and during calls; earlier calls are not undone.</param>
    /// <returns>The first response that is not a success, after which no more calls are made; otherwise the last response.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<CleverTapResponse> DemergeProfilesAsync(IEnumerable<string> identities, CancellationToken cancellationToken = default) =>
        PostChunksAsync("1/demerge/profiles.json", "identities", identities, cancellationToken);

    /// <summary>Removes phone numbers from all profiles that have them (<c>POST /1/disassociate</c>).</summary>
    /// <param name="phones">Up to 1000 numbers, <c>+&lt;country code&gt;&lt;number&gt;</c>.</param>
    /// <param name="cancellationToken">Cancels the wait for the response.</param>
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

    /// <summary>Subscribes or unsubscribes addresses for all profiles that have them (<c>POST /1/subscribe</c>).</summary>
    /// <param name="subscriptions">Up to 1000 addresses.</param>
    /// <param name="cancellationToken">Cancels the wait for the response.</param>
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

    /// <summary>Checks whether the account id and passcode are valid for the region (<c>GET /v1/connect</c>).</summary>
    /// <param name="cancellationToken">Cancels the wait for the response.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<CleverTapResponse> CheckCredentialsAsync(CancellationToken cancellationToken = default) =>
        http.GetAsync(ConnectPath, cancellationToken);

    /// <summary>Returns a response that says which id is empty; null if none is.</summary>
    /// <remarks>An empty id is an error of the caller. Without a response, the caller would regard its user as deleted.</remarks>
    internal static CleverTapResponse? FindEmptyId(IReadOnlyList<string> ids)
    {
        int index = ids.TakeWhile(id => !string.IsNullOrEmpty(id)).Count();
        return index == ids.Count
            ? null
            : new CleverTapResponse
            {
                Status = ResponseStatus.BadRequest,
                Error = $"The id at index {index} is empty and nothing was sent; give the ids of users only",
            };
    }

    private static string NameOf(ContactKind kind) =>
        kind switch
        {
            ContactKind.Phone => "phone",
            ContactKind.Email => "email",
            _ => "whatsapp",
        };

    private async Task<CleverTapResponse> PostChunksAsync(
        string path,
        string member,
        IEnumerable<string> ids,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(ids);
        string[] all = [.. ids];
        if (FindEmptyId(all) is { } error)
        {
            return error;
        }

        var response = new CleverTapResponse { Status = ResponseStatus.Success };
        foreach (string[] chunk in all.Distinct().Chunk(UsersPerCall))
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
