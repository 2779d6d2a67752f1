namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>A request whose response shows whether a claim holds.</summary>
internal abstract record Probe
{
    /// <summary>Stands for the id of the user whom one run makes up, in paths and bodies.</summary>
    public const string User = "@user";

    /// <summary>Whether the server stores what the probe sends, so that it is sent only if the caller allows it.</summary>
    public virtual bool IsWrite => false;

    /// <summary>The expected response, for reports.</summary>
    public abstract string Expected { get; }

    public abstract ProbeRequest Request { get; }

    /// <summary>Compares a response with the expected one. Pure.</summary>
    public abstract Finding Evaluate(ProbeResponse response);
}
