using System.Globalization;
using CleverTap.Rudder.Tool.CheckAccount.Claims;

namespace CleverTap.Rudder.Tool.CheckAccount.Printing;

/// <summary>The words for people in which a run is printed.</summary>
internal static class Words
{
    public static string For(Verdict verdict) =>
        verdict switch
        {
            Verdict.Agrees => "agrees",
            Verdict.Differs => "differs",
            Verdict.NoResponse => "no response",
            _ => "not shown",
        };

    /// <summary>Returns the statement of a claim, which says if it is unsure.</summary>
    public static string Statement(Claim claim) => claim.Grade == Grade.Unsure ? $"{claim.Statement} (unsure)" : claim.Statement;

    public static IEnumerable<string> Summary(CheckReport report)
    {
        int total = report.Results.Count + report.Left.Count;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{total} claims: {report.Count(Verdict.Agrees)} agree, {report.Count(Verdict.Differs)} differ, "
                + $"{report.Count(Verdict.NoResponse)} without a response, {report.Count(Verdict.NotShown)} not shown."
        );
        if (report.Left.Count > 0)
        {
            yield return $"Left: {string.Join(", ", report.Left.Select(claim => claim.Id))}";
        }
    }

    public static IEnumerable<string> NoProbe => ["No probe shows:", .. Unprobed.All.Select(rule => $"  {rule.Rule}: {rule.Reason}")];
}
