using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>What was wrong with the configuration section that options come from, and which section that is.</summary>
internal sealed class ConfigurationErrors : List<string>
{
    private IConfigurationSection? section;

    /// <summary>Names the section behind what the options are of; empty if they do not come from one.</summary>
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

    /// <summary>The options come from here.</summary>
    public void ReadFrom(IConfiguration configuration) => section = configuration as IConfigurationSection;
}
