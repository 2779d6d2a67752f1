namespace CleverTap.Rudder;

/// <summary>The exception that <see cref="RudderEvent.Parse(string)"/> throws if the input is not a supported RudderStack event.</summary>
public sealed class RudderEventFormatException : FormatException
{
    internal RudderEventFormatException(EventError error)
        : base(error.Message) => Error = error;

    /// <summary>Gets the error.</summary>
    public EventError Error { get; }
}
