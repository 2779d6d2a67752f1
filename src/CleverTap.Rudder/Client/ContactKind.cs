namespace CleverTap.Rudder;

/// <summary>The kind of an address that a user subscribes with.</summary>
public enum ContactKind
{
    /// <summary>A phone number, <c>+&lt;country code&gt;&lt;number&gt;</c>.</summary>
    Phone,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A WhatsApp number.</summary>
    WhatsApp,
}
