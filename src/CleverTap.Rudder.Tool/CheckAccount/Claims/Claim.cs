namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>Something that the library or the emulator relies on, and the probe that shows whether it holds.</summary>
/// <param name="Id">The name of the claim in reports.</param>
/// <param name="Statement">The claim in one sentence.</param>
/// <param name="Grade">How well the source supports the claim.</param>
/// <param name="Source">The source of the claim.</param>
/// <param name="UsedIn">The rules, options and types that rely on the claim.</param>
/// <param name="Probe">The probe.</param>
internal sealed record Claim(string Id, string Statement, Grade Grade, string Source, string[] UsedIn, Probe Probe);
