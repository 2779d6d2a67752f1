using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Tool.CommandLine;

/// <summary>The options that decide how events become records: a preset, single options, and a RudderStack configuration.</summary>
internal sealed class MappingArguments
{
    public const string DefaultPreset = "default";
    public const string ParityPreset = "rudder-transformer";
    private const string Section = "Mapping";

    private static readonly HashSet<string> Members = new(
        typeof(MappingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(member => member.Name),
        StringComparer.OrdinalIgnoreCase
    );

    private readonly Option<string> preset = new("--preset")
    {
        HelpName = $"{DefaultPreset}|{ParityPreset}",
        Description = "How events become records",
        DefaultValueFactory = _ => DefaultPreset,
    };

    private readonly Option<string[]> mapping = new("--mapping")
    {
        HelpName = "NAME=VALUE",
        Description = "Sets a member of MappingOptions, as TrackAnonymous=false or RenameTraits:plan=Plan; may be repeated",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> config = new("--config")
    {
        HelpName = "FILE",
        Description = "The Config of a RudderStack destination as JSON: its switches, consents and account apply",
    };

    /// <summary>Adds the options. A command that compares presets takes no preset.</summary>
    public void AddTo(Command command, bool hasPreset = true)
    {
        if (hasPreset)
        {
            command.Options.Add(preset);
        }

        command.Options.Add(mapping);
        command.Options.Add(config);
    }

    /// <summary>Reads the mapping for the chosen preset.</summary>
    /// <exception cref="WrongUsageException">An option is unknown or has a wrong value.</exception>
    public MappingOptions Read(ParseResult parsed) => Read(parsed, ReadPreset(parsed.GetValue(preset)), ReadConfig(parsed));

    /// <summary>Reads the mapping that the other options make of a preset.</summary>
    /// <exception cref="WrongUsageException">An option is unknown or has a wrong value.</exception>
    public MappingOptions Read(ParseResult parsed, MappingPreset basis, RudderDestinationConfig? destination)
    {
        List<string> errors = [];
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings(parsed)).Build();
        MappingOptions options = MappingOptionsReader.Read(
            new SectionReader(configuration, "", errors),
            basis,
            basis == MappingPreset.Default ? MappingOptions.Default : MappingOptions.RudderTransformer
        );
        if (errors.Count > 0)
        {
            throw new WrongUsageException(string.Join("; ", errors.Select(error => error.Replace($"{Section}:", "--mapping "))));
        }

        return Check(destination?.ApplyTo(options) ?? options);
    }

    /// <summary>Reads the configuration of the destination; null if the command line names none.</summary>
    /// <exception cref="WrongUsageException">The file cannot be read, or is not a configuration.</exception>
    public RudderDestinationConfig? ReadConfig(ParseResult parsed)
    {
        if (parsed.GetValue(config) is not { } path)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement element = document.RootElement;
            if (element.ValueKind != JsonValueKind.Object)
            {
                throw new WrongUsageException($"--config must be a JSON object: {path}");
            }

            JsonElement found = element.TryGetProperty("Config"u8, out JsonElement inside) ? inside : element;
            RudderDestinationConfig read = RudderDestinationConfig.Parse(found);
            return read.Errors.Count == 0 ? read : throw new WrongUsageException($"--config: {string.Join("; ", read.Errors)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WrongUsageException($"--config cannot be read: {path}");
        }
        catch (JsonException)
        {
            throw new WrongUsageException($"--config must be JSON: {path}");
        }
    }

    /// <summary>Creates a transformer, which checks names that are given and dropped.</summary>
    private static MappingOptions Check(MappingOptions options)
    {
        try
        {
            _ = new CleverTapTransformer(options);
            return options;
        }
        catch (ArgumentException exception)
        {
            throw new WrongUsageException($"--mapping: {exception.Message.Split(" (Parameter")[0]}");
        }
    }

    private static MappingPreset ReadPreset(string? name) =>
        name switch
        {
            DefaultPreset => MappingPreset.Default,
            ParityPreset => MappingPreset.RudderTransformer,
            _ => throw new WrongUsageException($"--preset must be {DefaultPreset} or {ParityPreset}"),
        };

    /// <summary>Returns the settings. A name that is given several times is a list.</summary>
    private IEnumerable<KeyValuePair<string, string?>> Settings(ParseResult parsed)
    {
        foreach (var setting in parsed.GetValue(mapping)!.Select(Split).GroupBy(pair => pair.Name, StringComparer.OrdinalIgnoreCase))
        {
            string[] values = [.. setting.Select(pair => pair.Value)];
            for (int i = 0; i < values.Length; i++)
            {
                string key = values.Length == 1 ? setting.Key : $"{setting.Key}:{i}";
                yield return new($"{Section}:{key}", values[i]);
            }
        }
    }

    private static (string Name, string Value) Split(string argument)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        string name = equals > 0 ? argument[..equals].Trim() : "";
        if (name.Length == 0 || equals + 1 == argument.Length)
        {
            throw new WrongUsageException("--mapping must be NAME=VALUE");
        }

        return Members.Contains(name.Split(':')[0])
            ? (name, argument[(equals + 1)..])
            : throw new WrongUsageException($"{name} is no option of --mapping");
    }
}
