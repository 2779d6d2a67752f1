using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder.AspNetCore;

/// <summary>Options of pages that send events through CleverTap's web SDK.</summary>
/// <remarks>A rendered page shows all of them to its visitors, so there is no passcode among them.</remarks>
/// <example>
/// <code>
/// builder.Services.AddCleverTapWeb(options => options.AccountId = "ACCOUNT-ID");
/// </code>
/// </example>
public sealed class CleverTapWebOptions
{
    /// <summary>The address where CleverTap serves its web SDK, the default of <see cref="SdkAddress"/>.</summary>
    public const string DefaultSdkAddress = "https://static.clevertap.com/js/clevertap.min.js";

    /// <summary>Gets or sets the account id ("Project ID" in CleverTap's settings).</summary>
    /// <value>Default empty: the account id and region of the registered destination without a name.</value>
    public string AccountId { get; set; } = "";

    /// <summary>Gets or sets the region of the account, such as <c>in1</c>: lower-case letters, digits and hyphens.</summary>
    /// <value>Default empty, which is CleverTap's default region, as is <c>none</c>.</value>
    public string Region { get; set; } = "";

    /// <summary>Gets or sets the address from which browsers load the SDK.</summary>
    /// <value>
    /// Default <see cref="DefaultSdkAddress"/>. An http(s) address, or a path of your own site such as <c>/lib/clevertap.min.js</c>.
    /// </value>
    public string SdkAddress { get; set; } = DefaultSdkAddress;

    /// <summary>Gets or sets whether CleverTap may derive the location of a user from the IP address.</summary>
    /// <value>Default false. A page can override it with <see cref="ICleverTapPage.UseIp"/>.</value>
    public bool UseIp { get; set; }

    /// <summary>Gets or sets whether users have opted out, so that pages send nothing.</summary>
    /// <value>
    /// Default null: pages do not set it, and the SDK keeps what it remembers of the user. A page can override it with
    /// <see cref="ICleverTapPage.OptOut"/>.
    /// </value>
    public bool? OptOut { get; set; }

    /// <summary>Gets or sets how events become calls.</summary>
    /// <value>
    /// Default null: the mapping of the registered destination without a name, so that pages and server create the same profiles, or
    /// <see cref="MappingOptions.Default"/> if there is no such destination.
    /// </value>
    public MappingOptions? Mapping { get; set; }

    /// <summary>The errors of the configuration section from which the options were read.</summary>
    internal ConfigurationErrors ConfigurationErrors { get; } = [];

    /// <summary>Returns the account and region.</summary>
    public override string ToString() => $"CleverTap account {AccountId}, region {(string.IsNullOrEmpty(Region) ? "none" : Region)}";
}
