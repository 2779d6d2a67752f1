namespace CleverTap.Rudder.Tool.Input;

/// <summary>The input cannot be read to its end. The events before the fault were returned.</summary>
internal sealed class InputException(string message, Exception? innerException = null) : IOException(message, innerException);
