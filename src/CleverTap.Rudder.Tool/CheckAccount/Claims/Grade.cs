namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>How well the source of a claim supports it.</summary>
internal enum Grade
{
    /// <summary>CleverTap's pages or SDKs say so, or a response of CleverTap was observed.</summary>
    Confirmed,

    /// <summary>The sources contradict each other or are silent; the library and the emulator had to choose.</summary>
    Unsure,
}
