namespace CleverTap.Rudder.Tool.CheckAccount.Printing;

/// <summary>Prints a run.</summary>
internal interface ICheckPrinter
{
    /// <summary>Prints, or keeps, a result.</summary>
    void Add(ClaimResult result);

    /// <summary>Prints the end of the run.</summary>
    void Finish(CheckReport report);
}
