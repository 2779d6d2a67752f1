using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Reads <see cref="RudderTransformerOptions"/> from a configuration section.</summary>
internal static class RudderTransformerOptionsReader
{
    public static void Read(RudderTransformerOptions options, IConfiguration section)
    {
        var reader = SectionReader.Create(section, options.ConfigurationErrors);
        options.Endpoint = reader.Address(nameof(options.Endpoint), options.Endpoint);
        options.AllowInsecureEndpoint = reader.Switch(nameof(options.AllowInsecureEndpoint), options.AllowInsecureEndpoint);
        options.Timeout = reader.Time(nameof(options.Timeout), options.Timeout);
        options.ConnectTimeout = reader.Time(nameof(options.ConnectTimeout), options.ConnectTimeout);
        options.MaxResponseBytes = reader.Number(nameof(options.MaxResponseBytes), options.MaxResponseBytes);
        options.Mapping = MappingOptionsReader.Read(reader, MappingPreset.RudderTransformer, options.Mapping);
        reader.RejectUnknown();
    }
}
