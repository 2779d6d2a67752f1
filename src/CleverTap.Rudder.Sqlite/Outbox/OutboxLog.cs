using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.Internal.Sqlite.Outbox;

/// <summary>
/// The log messages of an outbox, in addition to those of every queue. Event ids are stable. Logs never contain event values.
/// </summary>
internal static partial class OutboxLog
{
    [LoggerMessage(40, LogLevel.Information, "CleverTap outbox '{Destination}': opened with {Events} undelivered events")]
    public static partial void Opened(this ILogger logger, string destination, int events);

    [LoggerMessage(41, LogLevel.Error, "CleverTap outbox '{Destination}': the file cannot be used ({Fault}); next attempt in {Delay}")]
    public static partial void FileFailed(this ILogger logger, string destination, OutboxFault fault, TimeSpan delay);

    [LoggerMessage(42, LogLevel.Warning, "CleverTap outbox '{Destination}': deleted {Count} dead letters that were too old or too many")]
    public static partial void Pruned(this ILogger logger, string destination, int count);
}
