using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.Options;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Internal.AspNetCore.Endpoints;

/// <summary>Creates and validates the options of an endpoint when it is mapped. One exception contains all errors.</summary>
internal static class EndpointOptions
{
    /// <summary>Creates options in code.</summary>
    /// <exception cref="OptionsValidationException">An option is invalid.</exception>
    public static T From<T>(Action<T> configure)
        where T : RudderEndpointOptions, new()
    {
        var options = new T();
        configure(options);
        return Validate(options, "", []);
    }

    /// <summary>Reads options from configuration.</summary>
    /// <exception cref="OptionsValidationException">
    /// A value is invalid, or a key is not an option; the messages name the section.
    /// </exception>
    public static RudderEventsOptions From(IConfiguration section)
    {
        string prefix = section is IConfigurationSection { Path.Length: > 0 } named ? $"{named.Path}:" : "";
        List<string> errors = [];
        var options = new RudderEventsOptions();
        var reader = new SectionReader(section, prefix, errors);
        options.MaxBodyBytes = reader.Number(nameof(options.MaxBodyBytes), options.MaxBodyBytes);
        options.Destination = reader.Text(nameof(options.Destination), options.Destination);
        options.QueueTimeout = reader.Time(nameof(options.QueueTimeout), options.QueueTimeout);
        options.RetryAfter = reader.Time(nameof(options.RetryAfter), options.RetryAfter);
        options.SecretHeader = reader.Text(nameof(options.SecretHeader), options.SecretHeader);

        // An empty value is an error, because an environment variable that was never set must not open the endpoint.
        options.Secret = reader.Text(nameof(options.Secret), section[nameof(options.Secret)]!);
        reader.RejectUnknown();
        return Validate(options, prefix, errors);
    }

    private static T Validate<T>(T options, string prefix, List<string> errors)
        where T : RudderEndpointOptions
    {
        var checks = new ValidateOptionsResultBuilder();
        options.Check(checks);
        ValidateOptionsResult result = checks.Build();
        errors.AddRange((result.Failures ?? []).Select(error => $"{prefix}{error}"));
        return errors.Count == 0 ? options : throw new OptionsValidationException(prefix, typeof(T), errors);
    }
}
