namespace CleverTap.Rudder.Tool.CommandLine;

/// <summary>A command cannot run with these arguments. The message is one sentence for the user, without credentials.</summary>
internal sealed class WrongUsageException(string message) : Exception(message);
