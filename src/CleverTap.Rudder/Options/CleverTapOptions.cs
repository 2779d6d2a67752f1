using CleverTap.Rudder.Internal.Options;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder;

/// <summary>The options of a destination: its account, and how it delivers.</summary>
/// <remarks>The options bind from configuration. They are validated when the host starts.</remarks>
/// <example>
/// <code>
/// builder.Services.AddCleverTapDestination(options =>
/// {
///     options.AccountId = "YOUR-PROJECT-ID";
///     options.Passcode = builder.Configuration["CleverTapPasscode"]!;
///     options.Region = "in1";
///     options.Mapping = MappingOptions.Default with { TrackAnonymous = false };
/// });
/// </code>
/// </example>
public sealed class CleverTapOptions
{
    /// <summary>CleverTap's limit of records in one upload.</summary>
    public const int RecordsPerUpload = CleverTapRules.RecordsPerUpload;

    /// <summary>The default of <see cref="MaxBatchBytes"/>: one mebibyte, in bytes.</summary>
    public const int DefaultMaxBatchBytes = 1024 * 1024;

    /// <summary>The account id ("Project ID" in CleverTap's settings).</summary>
    /// <value>Default empty, which is an error: the account id is required.</value>
    public string AccountId { get; set; } = "";

    /// <summary>The passcode of the account or of a user. It is sent to CleverTap only.</summary>
    /// <remarks>
    /// If the passcode, the account, the address or <see cref="Timeout"/> changes in the configuration, the next upload uses the new value
    /// without a restart. The other options are read once, when the destination is created.
    /// </remarks>
    /// <value>Default empty, which is an error: the passcode is required.</value>
    public string Passcode { get; set; } = "";

    /// <summary>
    /// The account's region, such as <c>in1</c>, <c>us1</c>, <c>sg1</c>, <c>aps3</c>, <c>mec1</c> or <c>eu1</c>.
    /// </summary>
    /// <remarks>
    /// A region consists of letters, digits and hyphens, in any case. Two letters alone mean the first region of that name: <c>EU</c> is
    /// <c>eu1</c>.
    /// </remarks>
    /// <value>Default empty: CleverTap's default region, as with <c>none</c>.</value>
    public string Region { get; set; } = "";

    /// <summary>The address of the service, such as an emulator's, instead of the address of the <see cref="Region"/>.</summary>
    /// <remarks>The address must be HTTPS or a loopback address, unless <see cref="AllowInsecureEndpoint"/> is true.</remarks>
    /// <value>Default null: the address follows from <see cref="Region"/>.</value>
    public Uri? Endpoint { get; set; }

    /// <summary>How events become records.</summary>
    /// <remarks>In configuration: <c>Mapping:Preset</c>, and any member of <see cref="MappingOptions"/> beside it.</remarks>
    /// <value>Default <see cref="MappingOptions.Default"/>.</value>
    public MappingOptions Mapping { get; set; } = MappingOptions.Default;

    /// <summary>The longest duration of one call to CleverTap.</summary>
    /// <value>Default 30 seconds; more than 0, at most 24 days.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time to open a connection to CleverTap, including TLS. If it passes, nothing was sent.</summary>
    /// <value>Default 10 seconds; more than 0, at most 24 days.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the maximum number of records in one upload. Device tokens go in separate uploads of at most 100.</summary>
    /// <value>Default 1000; 1 to 1000.</value>
    public int MaxBatchRecords { get; set; } = RecordsPerUpload;

    /// <summary>Gets or sets the maximum number of bytes in the body of one upload. A single larger record is sent alone.</summary>
    /// <value>Default 1,048,576 (1 MiB); at least 1.</value>
    public int MaxBatchBytes { get; set; } = DefaultMaxBatchBytes;

    /// <summary>Gets or sets the maximum number of uploads in flight at once. HTTP 429 halves the limit for a while.</summary>
    /// <value>Default 3; 1 to 15, which is CleverTap's limit for an account.</value>
    public int MaxInFlight { get; set; } = 3;

    /// <summary>Gets or sets the maximum number of attempts of an event of a SendAsync call before it is Undelivered.</summary>
    /// <remarks>
    /// If uploads fail and none succeeds, up to 5 more attempts with other events follow, because the first ones could be events that
    /// CleverTap cannot process; then the call ends. Without a connection, none follow. In queues too, it is the number of attempts for
    /// record code 555 before the event is Rejected.
    /// </remarks>
    /// <value>Default 8; at least 1.</value>
    public int MaxAttempts { get; set; } = 8;

    /// <summary>The longest duration of one call of SendAsync. Events that are not sent by then are Undelivered.</summary>
    /// <value>Default 5 minutes; more than 0, at most 24 days.</value>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest wait before the second attempt. It doubles with each further attempt; the wait is random up to it.</summary>
    /// <value>Default 500 milliseconds; at least 0.</value>
    public TimeSpan RetryBaseDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait before an attempt.</summary>
    /// <remarks>
    /// Longer are the waits that CleverTap asks for (<see cref="MaxRetryAfter"/>) and those of an event that fails again and again in a
    /// queue (<see cref="BackgroundDeliveryOptions.GiveUpAfter"/>).
    /// </remarks>
    /// <value>Default 30 seconds; <see cref="RetryBaseDelay"/> to 24 days.</value>
    public TimeSpan RetryMaxDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait that CleverTap can ask for with <c>Retry-After</c>. A longer one is shortened to it.</summary>
    /// <value>Default 1 minute; 0 to 24 days.</value>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What to do with an upload whose response was lost.</summary>
    /// <value>Default <see cref="LostResponsePolicy.Resend"/>.</value>
    public LostResponsePolicy LostResponses { get; set; }

    /// <summary>
    /// Whether a profile that CleverTap rejects for one standard field (record codes 514 to 520) is sent again without that field.
    /// </summary>
    /// <remarks>The event is then Delivered, and its outcome names the omitted field.</remarks>
    /// <value>Default true.</value>
    public bool RepairProfiles { get; set; } = true;

    /// <summary>The number of message ids to remember, and for how long, so that duplicates are filtered.</summary>
    /// <remarks>
    /// A duplicate is Filtered with the reason <see cref="FilterReason.Duplicate"/>. An event that was not delivered does not count as
    /// seen. The ids are kept in memory; an outbox keeps the ids of its events on disk. The id is the one after <c>EditEvents</c>; in an
    /// outbox, the one before.
    /// </remarks>
    /// <value>Default <see cref="DeduplicationWindow.Off"/>.</value>
    public DeduplicationWindow DeduplicationWindow { get; set; } = DeduplicationWindow.Off;

    /// <summary>The largest response that is read, in bytes. CleverTap's responses quote the records that it rejects.</summary>
    /// <value>Default 16,777,216 (16 MiB); at least 1.</value>
    public int MaxResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Whether <see cref="Endpoint"/> may be plain HTTP to another machine.</summary>
    /// <value>Default false.</value>
    public bool AllowInsecureEndpoint { get; set; }

    /// <summary>Whether CleverTap only checks the records and stores nothing.</summary>
    /// <value>Default false.</value>
    public bool DryRun { get; set; }

    /// <summary>
    /// Whether the host checks with CleverTap, when it starts, that the account id and passcode are valid for the region.
    /// </summary>
    /// <remarks>A host starts even if CleverTap does not respond.</remarks>
    /// <value>Default <see cref="CredentialsCheckMode.Warn"/>.</value>
    public CredentialsCheckMode CredentialsCheck { get; set; }

    /// <summary>The errors of the configuration section that the options were read from.</summary>
    internal ConfigurationErrors ConfigurationErrors { get; } = [];

    /// <summary>Returns the account and its address, without the passcode.</summary>
    public override string ToString() => $"CleverTap account {AccountId} at {CleverTapEndpoint.From(this)}";
}
