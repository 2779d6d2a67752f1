namespace CleverTap.Rudder.Tool.CheckAccount.Reports;

/// <summary>Reports a run on standard output.</summary>
internal interface ICheckReport : IDisposable
{
    /// <summary>Reports, or keeps, a result.</summary>
    void Add(ClaimResult result);

    /// <summary>Reports the end of the run.</summary>
    void Finish(CheckResults results);
}
