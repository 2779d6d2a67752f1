namespace CleverTap.Rudder.Tool.CommandLine;

/// <summary>A CleverTap account.</summary>
internal sealed record Account(string Id, string Passcode, string Region)
{
    /// <summary>Returns the id, without the passcode.</summary>
    public override string ToString() => Id;
}
