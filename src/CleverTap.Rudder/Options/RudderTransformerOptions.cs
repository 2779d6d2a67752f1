using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder;

/// <summary>The options of a transformer service: how it maps, and how its proxy connects to CleverTap.</summary>
/// <remarks>The options bind from configuration. They are validated when the host starts.</remarks>
public sealed class RudderTransformerOptions
{
    private const int DefaultMaxEventBytes = 4 * 1024 * 1024;

    internal static MappingOptions DefaultMapping { get; } = MappingOptions.RudderTransformer with { MaxEventBytes = DefaultMaxEventBytes };

    /// <summary>How events become records.</summary>
    /// <remarks>In configuration: <c>Mapping:Preset</c>, and any member of <see cref="MappingOptions"/> beside it.</remarks>
    /// <value>Default <see cref="MappingOptions.RudderTransformer"/>, with events of up to 4,194,304 bytes (4 MiB).</value>
    public MappingOptions Mapping { get; set; } = DefaultMapping;

    /// <summary>The address to which the proxy sends requests for CleverTap, such as an emulator or a gateway.</summary>
    /// <remarks>The address must be HTTPS or a loopback address, unless <see cref="AllowInsecureEndpoint"/> is true.</remarks>
    /// <value>Default null: the CleverTap host that each request names.</value>
    public Uri? Endpoint { get; set; }

    /// <summary>Whether <see cref="Endpoint"/> may be plain HTTP to another machine.</summary>
    /// <value>Default false.</value>
    public bool AllowInsecureEndpoint { get; set; }

    /// <summary>The longest duration of one call of the proxy to CleverTap.</summary>
    /// <value>Default 60 seconds; more than 0, at most 24 days.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest time to open a connection to CleverTap, including TLS. If it passes, nothing was sent.</summary>
    /// <value>Default 10 seconds; more than 0, at most 24 days.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest response of CleverTap that is read, in bytes.</summary>
    /// <value>Default 16,777,216 (16 MiB); at least 1.</value>
    public int MaxResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The errors of the configuration section that the options were read from.</summary>
    internal ConfigurationErrors ConfigurationErrors { get; } = [];

    /// <summary>Creates the options of one call, for the account of a request.</summary>
    internal CleverTapOptions For(string? accountId, string? passcode, Uri endpoint) =>
        new()
        {
            AccountId = accountId ?? "",
            Passcode = passcode ?? "",
            Endpoint = Endpoint ?? endpoint,
            AllowInsecureEndpoint = AllowInsecureEndpoint,
            Timeout = Timeout,
            ConnectTimeout = ConnectTimeout,
            MaxResponseBytes = MaxResponseBytes,
        };
}
