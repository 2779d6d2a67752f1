using CleverTap.Rudder.Internal.Hosting;
using CleverTap.Rudder.Internal.Options;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder;

/// <summary>Where and how a destination delivers. Binds from configuration; validated when the host starts.</summary>
public sealed class CleverTapOptions
{
    /// <summary>The most records that one upload may hold: CleverTap's limit, and the default of <see cref="MaxBatchRecords"/>.</summary>
    public const int RecordsPerUpload = CleverTapRules.RecordsPerUpload;

    /// <summary>One mebibyte, in bytes: the default of <see cref="MaxBatchBytes"/>.</summary>
    public const int DefaultMaxBatchBytes = 1024 * 1024;

    /// <summary>The account id ("Project ID" in CleverTap's settings). Required.</summary>
    public string AccountId { get; set; } = "";

    /// <summary>The passcode of the account or of a user. Required. It is sent to CleverTap and nowhere else.</summary>
    /// <remarks>
    /// A passcode that changes in the configuration is used from the next upload on, without a restart, as are the account, the address
    /// and <see cref="Timeout"/>. The other options are read once, when the destination is created.
    /// </remarks>
    public string Passcode { get; set; } = "";

    /// <summary>
    /// The account's region, such as <c>in1</c>, <c>us1</c>, <c>sg1</c>, <c>aps3</c>, <c>mec1</c> or <c>eu1</c>:
    /// letters, digits and hyphens, in any case. Two letters alone mean the first region of that name: <c>EU</c> is <c>eu1</c>.
    /// Empty or <c>none</c>, the default, is CleverTap's own default region.
    /// </summary>
    public string Region { get; set; } = "";

    /// <summary>
    /// The service's address in place of the one that follows from <see cref="Region"/>, such as an emulator's. HTTPS, or any
    /// loopback address; see <see cref="AllowInsecureEndpoint"/>. Default null.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>
    /// How events become records. Default <see cref="MappingOptions.Default"/>. In configuration: <c>Mapping:Preset</c> and
    /// any member of <see cref="MappingOptions"/> beside it.
    /// </summary>
    public MappingOptions Mapping { get; set; } = MappingOptions.Default;

    /// <summary>How long one call to CleverTap may take. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection to CleverTap may take to be made, TLS included. Nothing was sent then. Default 10 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most records in one upload, 1 to 1000. Default 1000. Device tokens go in uploads of their own, 100 at most.</summary>
    public int MaxBatchRecords { get; set; } = RecordsPerUpload;

    /// <summary>The most bytes in the body of one upload; a single larger record goes alone. Default 1 MiB.</summary>
    public int MaxBatchBytes { get; set; } = DefaultMaxBatchBytes;

    /// <summary>The most uploads under way at once, 1 to 15, which is CleverTap's limit for an account. Default 3. A 429 halves it for a while.</summary>
    public int MaxInFlight { get; set; } = 3;

    /// <summary>How many times one upload is tried before its events are Undelivered. Default 8.</summary>
    public int MaxAttempts { get; set; } = 8;

    /// <summary>How long one call of SendAsync may take in all; what is not sent by then is Undelivered. Default 5 minutes.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest wait before the second try, doubled with each further one. The wait is random up to that. Default 500 ms.</summary>
    public TimeSpan RetryBaseDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait before any try. Default 30 seconds.</summary>
    public TimeSpan RetryMaxDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait that is granted when CleverTap itself says how long to wait. Default 1 minute.</summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What to do with an upload whose response was lost. Default <see cref="LostResponsePolicy.Resend"/>.</summary>
    public LostResponsePolicy LostResponses { get; set; }

    /// <summary>
    /// Whether a profile that is rejected for one standard field (record codes 514 to 520) is sent once more without it.
    /// The event is then Delivered and names the field left out. Default true.
    /// </summary>
    public bool RepairProfiles { get; set; } = true;

    /// <summary>
    /// How many message ids are remembered, and how long, so that an event that comes twice is Filtered with the reason
    /// <see cref="FilterReason.Duplicate"/>. Default <see cref="DeduplicationWindow.Off"/>. An event that was not delivered does not
    /// count as seen. In memory; an outbox remembers those that are enqueued there on disk.
    /// It is the id after <c>EditEvents</c>, in an outbox before.
    /// </summary>
    public DeduplicationWindow DeduplicationWindow { get; set; } = DeduplicationWindow.Off;

    /// <summary>The largest response that is read, in bytes. Default 16 MiB: CleverTap's answers quote the records that it rejects.</summary>
    public int MaxResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Whether <see cref="Endpoint"/> may be plain http to another machine. Default false.</summary>
    public bool AllowInsecureEndpoint { get; set; }

    /// <summary>Whether CleverTap is asked to check the records and store nothing. Default false.</summary>
    public bool DryRun { get; set; }

    /// <summary>
    /// Whether the host asks CleverTap, when it starts, if the account id and passcode are good for the region. Default
    /// <see cref="CredentialsCheckMode.Warn"/>. A host starts even if CleverTap does not respond.
    /// </summary>
    public CredentialsCheckMode CredentialsCheck { get; set; }

    /// <summary>What was wrong with the configuration section that these come from.</summary>
    internal ConfigurationErrors ConfigurationErrors { get; } = [];

    /// <summary>The account and where it is; never the passcode.</summary>
    public override string ToString() => $"CleverTap account {AccountId} at {CleverTapEndpoint.From(this)}";
}
