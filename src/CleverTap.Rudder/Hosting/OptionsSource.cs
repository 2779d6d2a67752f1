using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Where the options of a registration come from: from code, or from a configuration section.</summary>
/// <param name="Configure">Sets the options.</param>
/// <param name="Section">The configuration; null if the options come from code.</param>
internal sealed record OptionsSource<TOptions>(Action<TOptions> Configure, IConfiguration? Section)
{
    /// <summary>Options that keep their defaults.</summary>
    public static OptionsSource<TOptions> Defaults { get; } = new(static _ => { }, Section: null);

    public static OptionsSource<TOptions> FromCode(Action<TOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return new OptionsSource<TOptions>(configure, Section: null);
    }

    public static OptionsSource<TOptions> FromSection(IConfiguration section, Action<TOptions, IConfiguration> read)
    {
        ArgumentNullException.ThrowIfNull(section);
        return new OptionsSource<TOptions>(options => read(options, section), section);
    }
}
