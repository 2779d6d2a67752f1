namespace KafkaWorker;

/// <summary>The command line is wrong. The message is one sentence for the user.</summary>
internal sealed class WrongUsageException(string message) : Exception(message);
