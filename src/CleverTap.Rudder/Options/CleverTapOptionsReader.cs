using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Reads <see cref="CleverTapOptions"/> from a configuration section.</summary>
internal static class CleverTapOptionsReader
{
    public static void Read(CleverTapOptions options, IConfiguration section)
    {
        var reader = SectionReader.Create(section, options.ConfigurationErrors);
        ReadAccount(options, reader);
        ReadDelivery(options, reader);
        ReadUploads(options, reader);
        options.Mapping = MappingOptionsReader.Read(reader, MappingPreset.Default, options.Mapping);
        reader.RejectUnknown();
    }

    private static void ReadAccount(CleverTapOptions options, SectionReader reader)
    {
        options.AccountId = reader.Text(nameof(options.AccountId), options.AccountId);
        options.Passcode = reader.Text(nameof(options.Passcode), options.Passcode);
        options.Region = reader.Text(nameof(options.Region), options.Region);
        options.Endpoint = reader.Address(nameof(options.Endpoint), options.Endpoint);
        options.AllowInsecureEndpoint = reader.Switch(nameof(options.AllowInsecureEndpoint), options.AllowInsecureEndpoint);
    }

    private static void ReadDelivery(CleverTapOptions options, SectionReader reader)
    {
        options.Timeout = reader.Time(nameof(options.Timeout), options.Timeout);
        options.Deadline = reader.Time(nameof(options.Deadline), options.Deadline);
        options.MaxInFlight = reader.Number(nameof(options.MaxInFlight), options.MaxInFlight);
        options.MaxAttempts = reader.Number(nameof(options.MaxAttempts), options.MaxAttempts);
        options.RetryBaseDelay = reader.Time(nameof(options.RetryBaseDelay), options.RetryBaseDelay);
        options.RetryMaxDelay = reader.Time(nameof(options.RetryMaxDelay), options.RetryMaxDelay);
        options.MaxRetryAfter = reader.Time(nameof(options.MaxRetryAfter), options.MaxRetryAfter);
        options.LostResponses = reader.Choice(nameof(options.LostResponses), options.LostResponses);
        options.RepairProfiles = reader.Switch(nameof(options.RepairProfiles), options.RepairProfiles);
    }

    private static void ReadUploads(CleverTapOptions options, SectionReader reader)
    {
        options.MaxBatchRecords = reader.Number(nameof(options.MaxBatchRecords), options.MaxBatchRecords);
        options.MaxBatchBytes = reader.Number(nameof(options.MaxBatchBytes), options.MaxBatchBytes);
        options.MaxResponseBytes = reader.Number(nameof(options.MaxResponseBytes), options.MaxResponseBytes);
        options.ConnectTimeout = reader.Time(nameof(options.ConnectTimeout), options.ConnectTimeout);
        options.DeduplicationWindow = ReadDeduplication(
            reader.Child(nameof(options.DeduplicationWindow), "give its Count and Time"),
            options.DeduplicationWindow
        );
        options.DryRun = reader.Switch(nameof(options.DryRun), options.DryRun);
        options.CredentialsCheck = reader.Choice(nameof(options.CredentialsCheck), options.CredentialsCheck);
    }

    private static DeduplicationWindow ReadDeduplication(SectionReader reader, DeduplicationWindow defaultValue)
    {
        var window = new DeduplicationWindow
        {
            Count = reader.Number(nameof(defaultValue.Count), defaultValue.Count),
            Time = reader.Time(nameof(defaultValue.Time), defaultValue.Time),
        };
        reader.RejectUnknown();
        return window;
    }
}
