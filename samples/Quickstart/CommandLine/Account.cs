namespace Quickstart;

/// <summary>A CleverTap account to deliver to.</summary>
internal sealed record Account(string Id, string Passcode, string Region)
{
    /// <summary>Never the passcode.</summary>
    public override string ToString() => Id;
}
