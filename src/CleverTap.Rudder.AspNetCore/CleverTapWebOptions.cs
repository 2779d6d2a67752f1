using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder.AspNetCore;

/// <summary>What pages need to send events through CleverTap's web SDK. All of it is public once a page is rendered: there is no passcode.</summary>
public sealed class CleverTapWebOptions
{
    /// <summary>Where CleverTap serves its web SDK: the default of <see cref="SdkAddress"/>.</summary>
    public const string DefaultSdkAddress = "https://static.clevertap.com/js/clevertap.min.js";

    /// <summary>
    /// The account id ("Project ID" in CleverTap's settings). Where it is empty, account id and region are those of the
    /// registered destination without a name.
    /// </summary>
    public string AccountId { get; set; } = "";

    /// <summary>
    /// The account's region, such as <c>in1</c>: lower-case letters, digits and hyphens. Empty or <c>none</c> is CleverTap's own
    /// default region.
    /// </summary>
    public string Region { get; set; } = "";

    /// <summary>
    /// Where browsers load the SDK from: an http(s) address, or a path of your own site such as
    /// <c>/lib/clevertap.min.js</c>. Default <see cref="DefaultSdkAddress"/>.
    /// </summary>
    public string SdkAddress { get; set; } = DefaultSdkAddress;

    /// <summary>Whether CleverTap may derive the place of a user from the IP address. Default false. A page can say otherwise.</summary>
    public bool UseIp { get; set; }

    /// <summary>
    /// Whether users have opted out: of one who has, no page sends anything. Default null, which tells the SDK neither and
    /// leaves it what it remembers. A page can say otherwise.
    /// </summary>
    public bool? OptOut { get; set; }

    /// <summary>
    /// How events become calls. Default null: as the registered destination without a name maps, so that a profile looks
    /// alike whichever way it came; <see cref="MappingOptions.Default"/> where there is none.
    /// </summary>
    public MappingOptions? Mapping { get; set; }

    /// <summary>What was wrong with the configuration section that these come from.</summary>
    internal ConfigurationErrors ConfigurationErrors { get; } = [];

    /// <summary>The account and region.</summary>
    public override string ToString() => $"CleverTap account {AccountId}, region {(string.IsNullOrEmpty(Region) ? "none" : Region)}";
}
