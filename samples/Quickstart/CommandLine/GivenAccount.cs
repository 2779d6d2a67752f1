namespace Quickstart;

/// <summary>What the command line says of an account, each part as it was given.</summary>
internal sealed record GivenAccount(string? Id, string? Passcode, string? Region)
{
    /// <summary>Never the passcode.</summary>
    public override string ToString() => Id ?? "";
}
