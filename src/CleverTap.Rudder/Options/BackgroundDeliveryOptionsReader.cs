using Microsoft.Extensions.Configuration;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Reads <see cref="BackgroundDeliveryOptions"/> from a configuration section.</summary>
internal static class BackgroundDeliveryOptionsReader
{
    public static void Read(BackgroundDeliveryOptions options, IConfiguration section)
    {
        var reader = SectionReader.Create(section, options.ConfigurationErrors);
        ReadShared(options, reader);
        reader.RejectUnknown();
    }

    /// <summary>Reads the options that all kinds of queues share.</summary>
    public static void ReadShared(BackgroundDeliveryOptions options, SectionReader reader)
    {
        options.Capacity = reader.Number(nameof(options.Capacity), options.Capacity);
        options.WhenFull = reader.Choice(nameof(options.WhenFull), options.WhenFull);
        options.FlushSize = reader.Number(nameof(options.FlushSize), options.FlushSize);
        options.FlushInterval = reader.Time(nameof(options.FlushInterval), options.FlushInterval);
        options.GiveUpAfter = reader.Time(nameof(options.GiveUpAfter), options.GiveUpAfter);
        options.MinAttempts = reader.Number(nameof(options.MinAttempts), options.MinAttempts);
        options.HandlerGiveUpAfter = reader.Time(nameof(options.HandlerGiveUpAfter), options.HandlerGiveUpAfter);
        options.RetryInterval = reader.Time(nameof(options.RetryInterval), options.RetryInterval);
        options.UnauthorizedPause = reader.Time(nameof(options.UnauthorizedPause), options.UnauthorizedPause);
        options.ShutdownDeadline = reader.Time(nameof(options.ShutdownDeadline), options.ShutdownDeadline);
    }
}
