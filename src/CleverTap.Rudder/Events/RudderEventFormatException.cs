namespace CleverTap.Rudder;

/// <summary>Thrown by <see cref="RudderEvent.Parse(string)"/> for input that is not a supported RudderStack event.</summary>
public sealed class RudderEventFormatException : FormatException
{
    internal RudderEventFormatException(EventError error)
        : base(error.Message) => Error = error;

    /// <summary>What is wrong with the event.</summary>
    public EventError Error { get; }
}
