using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>A CleverTap destination as RudderStack configures it: the <c>Config</c> object of its control plane.</summary>
/// <remarks>Switches are on for any value that JavaScript takes for true, as in rudder-transformer.</remarks>
public sealed record RudderDestinationConfig
{
    /// <summary>Far more than CleverTap gives out: both stand in the head of every request that a job becomes.</summary>
    private const int LongestCredential = 1024;

    /// <summary>Account ID.</summary>
    public string? AccountId { get; init; }

    /// <summary>Passcode.</summary>
    public string? Passcode { get; init; }

    /// <summary>Region: <c>none</c>, <c>in1</c>, <c>sg1</c>, <c>us1</c>, <c>sk1</c>, <c>aps3</c> or <c>mec1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Enable tracking for anonymous users; null where not set.</summary>
    public bool? TrackAnonymous { get; init; }

    /// <summary>Use Clevertap ObjectId for Mapping; null where not set.</summary>
    public bool? EnableObjectIdMapping { get; init; }

    /// <summary>Use Native SDK to send Events, for web sources; null where not set.</summary>
    public bool? UseNativeSdk { get; init; }

    /// <summary>Reads a <c>Config</c> object. Members that are missing or of another kind count as not set.</summary>
    /// <param name="config">The object.</param>
    public static RudderDestinationConfig Parse(JsonElement config) => Parse(new JsonValue(RudderEvent.ToUtf8(config)));

    internal static RudderDestinationConfig Parse(JsonValue config) => new()
    {
        AccountId = config.Member("accountId"u8).ToText(),
        Passcode = config.Member("passcode"u8).ToText(),
        Region = config.Member("region"u8) is { IsTruthy: true } region ? region.ToText() : null,
        TrackAnonymous = Switch(config.Member("trackAnonymous"u8)),
        EnableObjectIdMapping = Switch(config.Member("enableObjectIdMapping"u8)),
        UseNativeSdk = Switch(config.Member("useNativeSDK"u8).Member("web"u8)),
    };

    /// <summary>
    /// The mapping options with this configuration's switches; what is not set stays. <see cref="UseNativeSdk"/> is left
    /// alone where <see cref="MappingOptions.HonorIntegrations"/> is off: there rudder-server has filtered already.
    /// </summary>
    /// <param name="options">The options to start from.</param>
    public MappingOptions ApplyTo(MappingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with
        {
            TrackAnonymous = TrackAnonymous ?? options.TrackAnonymous,
            EnableObjectIdMapping = EnableObjectIdMapping ?? options.EnableObjectIdMapping,
            NativeSdk = options.HonorIntegrations && UseNativeSdk is { } native ? (native ? NativeSdkPlatforms.Web : NativeSdkPlatforms.None) : options.NativeSdk,
        };
    }

    /// <summary>Sets the account, region and switches of a destination's options.</summary>
    /// <param name="options">The options to change.</param>
    public void ApplyTo(CleverTapOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AccountId = AccountId ?? "";
        options.Passcode = Passcode ?? "";
        options.Region = Region ?? "";
        options.Mapping = ApplyTo(options.Mapping);
    }

    /// <summary>What makes the settings unfit for any request, behind the name of their object; null where nothing does. It quotes no value.</summary>
    internal string? Fault =>
        !CleverTapEndpoint.IsRegion(Region?.ToLowerInvariant()) ? "region must be letters, digits and hyphens, such as in1"
        : HasControl(AccountId) || HasControl(Passcode) ? "accountId and passcode must not hold control characters"
        : IsTooLong(AccountId) || IsTooLong(Passcode) ? $"accountId and passcode must have at most {LongestCredential} characters"
        : null;

    private static bool HasControl(string? text) => text is not null && text.Any(char.IsControl);

    private static bool IsTooLong(string? text) => text?.Length > LongestCredential;

    private static bool? Switch(JsonValue value) => value.IsMissing ? null : value.IsTruthy;

    /// <summary>The account and region; never the passcode.</summary>
    public override string ToString() => $"account {AccountId}, region {Region ?? "none"}";
}
