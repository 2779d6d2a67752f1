namespace KafkaWorker;

/// <summary>The command cannot be run as it was given. The message is one sentence for whoever typed it.</summary>
internal sealed class WrongUsageException(string message) : Exception(message);
