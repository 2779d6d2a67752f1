using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Internal.AspNetCore;

/// <summary>The options from configuration, member by member, with the errors of a destination's.</summary>
internal static class WebOptionsConfiguration
{
    public static void Read(CleverTapWebOptions options, IConfiguration section)
    {
        var read = OptionsReader.From(section, options.ConfigurationErrors);
        options.AccountId = read.Text(nameof(options.AccountId), options.AccountId);
        options.Region = read.Text(nameof(options.Region), options.Region);
        options.SdkAddress = read.Text(nameof(options.SdkAddress), options.SdkAddress);
        options.UseIp = read.Switch(nameof(options.UseIp), options.UseIp);
        bool optOut = read.Switch(nameof(options.OptOut), options.OptOut ?? false);
        if (section[nameof(options.OptOut)] is { Length: > 0 })
        {
            options.OptOut = optOut;
        }

        IConfigurationSection mapping = read.Section(nameof(options.Mapping));
        if (mapping.Exists())
        {
            options.Mapping = OptionsConfiguration.ReadMapping(mapping, options.Mapping, options.ConfigurationErrors);
        }
        read.RejectOthers();
    }
}
