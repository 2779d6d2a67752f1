namespace CleverTap.Rudder;

/// <summary>What to do with an upload whose response was lost: CleverTap may or may not have stored it, and does not recognise duplicates.</summary>
public enum LostResponsePolicy
{
    /// <summary>Send it again: nothing is lost, an event may count twice.</summary>
    Resend,

    /// <summary>Do not send it again: its events are Undelivered with the reason <see cref="UndeliveredReason.NoResponse"/>.</summary>
    Report,
}
