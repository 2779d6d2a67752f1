namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>A request of any kind. The claim expects an HTTP status.</summary>
internal sealed record HttpProbe(ProbeRequest Sent, int Status) : Probe
{
    /// <summary>Whether the server stores what the probe sends.</summary>
    public bool Writes { get; init; }

    public override bool IsWrite => Writes;

    public override string Expected => $"HTTP {Status}";

    public override ProbeRequest Request => Sent;

    public override Finding Evaluate(ProbeResponse response) => Finding.Compare(response.HttpStatus == Status, response.ToString());
}
