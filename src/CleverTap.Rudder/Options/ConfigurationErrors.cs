using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>The errors of the configuration section that options were read from, and the name of that section.</summary>
internal sealed class ConfigurationErrors : List<string>
{
    private IConfigurationSection? section;

    /// <summary>The section's name for an error message; empty if the options do not come from a section.</summary>
    public string Source
    {
        get
        {
            if (section is null)
            {
                return "";
            }

            return section.Exists() ? $" (section '{section.Path}')" : $" (section '{section.Path}', which is empty or missing)";
        }
    }

    /// <summary>Sets the configuration that the options are read from.</summary>
    public void SetSource(IConfiguration configuration) => section = configuration as IConfigurationSection;
}
