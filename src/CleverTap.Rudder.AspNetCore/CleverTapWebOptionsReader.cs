using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Internal.AspNetCore;

/// <summary>Reads <see cref="CleverTapWebOptions"/> from a configuration section.</summary>
internal static class CleverTapWebOptionsReader
{
    public static void Read(CleverTapWebOptions options, IConfiguration section)
    {
        var reader = SectionReader.Create(section, options.ConfigurationErrors);
        options.AccountId = reader.Text(nameof(options.AccountId), options.AccountId);
        options.Region = reader.Text(nameof(options.Region), options.Region);
        options.SdkAddress = reader.Text(nameof(options.SdkAddress), options.SdkAddress);
        options.UseIp = reader.Switch(nameof(options.UseIp), options.UseIp);
        options.OptOut = reader.OptionalSwitch(nameof(options.OptOut), options.OptOut);
        if (reader.HasSection(nameof(options.Mapping)))
        {
            options.Mapping = MappingOptionsReader.Read(reader, MappingPreset.Default, options.Mapping ?? MappingOptions.Default);
        }

        reader.RejectUnknown();
    }
}
