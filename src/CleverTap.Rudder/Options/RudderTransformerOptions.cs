using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder;

/// <summary>How a transformer service maps, and how its proxy reaches CleverTap. Binds from configuration; validated when the host starts.</summary>
public sealed class RudderTransformerOptions
{
    private const int LargestEvent = 4 * 1024 * 1024;

    internal static MappingOptions DefaultMapping { get; } = MappingOptions.RudderTransformer with { MaxEventBytes = LargestEvent };

    /// <summary>
    /// How events become records. Default <see cref="MappingOptions.RudderTransformer"/>, with events of up to 4 MiB. In
    /// configuration: <c>Mapping:Preset</c> and any member of <see cref="MappingOptions"/> beside it.
    /// </summary>
    public MappingOptions Mapping { get; set; } = DefaultMapping;

    /// <summary>
    /// Where the proxy sends what is addressed to CleverTap, such as an emulator or a gateway. Default null: to the CleverTap
    /// host that each request names. HTTPS, or any loopback address; see <see cref="AllowInsecureEndpoint"/>.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Whether <see cref="Endpoint"/> may be plain http to another machine. Default false.</summary>
    public bool AllowInsecureEndpoint { get; set; }

    /// <summary>How long one call of the proxy to CleverTap may take. Default 60 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection to CleverTap may take to be made, TLS included. Nothing was sent then. Default 10 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest response of CleverTap that is read, in bytes. Default 16 MiB.</summary>
    public int MaxResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>What was wrong with the configuration section that these come from.</summary>
    internal ConfigurationErrors ConfigurationErrors { get; } = [];

    /// <summary>The same as options of one call, for the account that it is for.</summary>
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
