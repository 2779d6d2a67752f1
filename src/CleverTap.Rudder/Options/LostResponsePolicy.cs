namespace CleverTap.Rudder;

/// <summary>What to do with an upload whose response was lost.</summary>
/// <remarks>It is unknown whether CleverTap stored such an upload, and CleverTap does not recognise duplicates.</remarks>
public enum LostResponsePolicy
{
    /// <summary>Sends the upload again: no event is lost, and an event may count twice.</summary>
    Resend,

    /// <summary>Does not send it again: its events are Undelivered.</summary>
    /// <remarks>The reason is <see cref="UndeliveredReason.NoResponse"/> or <see cref="UndeliveredReason.Unreadable"/>.</remarks>
    Report,
}
