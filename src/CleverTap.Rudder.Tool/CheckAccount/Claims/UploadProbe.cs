using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>An upload by dry run. The claim expects a result for each of its records.</summary>
internal sealed record UploadProbe(params ProbeRecord[] Records) : Probe
{
    private const string Accepted = "accepted";

    /// <summary>Whether the status of the upload and its count of accepted records must be right too.</summary>
    public bool ChecksTotals { get; init; }

    public override string Expected
    {
        get
        {
            string totals = ChecksTotals ? $"{ExpectedStatus.ToString().ToLowerInvariant()}, processed {ExpectedProcessed}: " : "";
            return totals + Summarize([.. Records.Select(record => (record.Label, Outcome(record.Code)))]);
        }
    }

    public override ProbeRequest Request =>
        new(HttpMethod.Post, ProbeRequest.DryRunPath, $"{{\"d\":[{string.Join(',', Records.Select(record => record.Json))}]}}");

    private int ExpectedProcessed => Records.Count(record => record.Code is null);

    private ResponseStatus ExpectedStatus =>
        ExpectedProcessed == Records.Length ? ResponseStatus.Success
        : ExpectedProcessed == 0 ? ResponseStatus.Fail
        : ResponseStatus.Partial;

    public override Finding Evaluate(ProbeResponse response)
    {
        if (!response.IsPerRecord)
        {
            return new Finding(ClaimStatus.Differs, response.ToString());
        }

        IReadOnlyList<UnprocessedRecord> rejected = response.Response.Unprocessed;
        if (Records.Length > 1 && rejected.Any(entry => entry.RecordNumber is not >= 1 || entry.RecordNumber > Records.Length))
        {
            return new Finding(ClaimStatus.Differs, "a rejected record without its number");
        }

        string[] outcomes = [.. Records.Select((record, index) => OutcomeOf(record, index + 1, rejected))];
        (string, string)[] differing =
        [
            .. Records
                .Select((record, index) => (record.Label, Outcome: outcomes[index], Expected: Outcome(record.Code)))
                .Where(row => row.Outcome != row.Expected)
                .Select(row => (row.Label, row.Outcome)),
        ];
        return differing.Length > 0 ? new Finding(ClaimStatus.Differs, Describe(differing)) : EvaluateTotals(response.Response);
    }

    private Finding EvaluateTotals(CleverTapResponse response)
    {
        bool agrees = !ChecksTotals || (response.Status == ExpectedStatus && response.Processed == ExpectedProcessed);
        return Finding.Compare(
            agrees,
            agrees ? Expected : $"{response.Status.ToString().ToLowerInvariant()}, processed {response.Processed}"
        );
    }

    private string OutcomeOf(ProbeRecord record, int number, IReadOnlyList<UnprocessedRecord> rejected)
    {
        UnprocessedRecord? entry = rejected.FirstOrDefault(entry => Records.Length == 1 || entry.RecordNumber == number);
        if (entry is null)
        {
            return Accepted;
        }

        string outcome = Outcome((RecordCode)entry.Code);
        return record.Error is { } error && error != entry.Error ? $"{outcome}, text \"{entry.Error}\"" : outcome;
    }

    private string Describe((string Label, string Outcome)[] differing)
    {
        int others = Records.Length - differing.Length;
        string text = Summarize(differing, isWhole: others == 0);
        return others == 0 ? text : $"{text}; the others as expected";
    }

    private static string Outcome(RecordCode? code) =>
        code switch
        {
            null => Accepted,
            0 => "rejected without a code",
            _ => $"rejected with {(int)code}",
        };

    /// <summary>Groups the records of an upload by their outcome.</summary>
    private static string Summarize((string Label, string Outcome)[] records, bool isWhole = true)
    {
        IGrouping<string, string>[] groups = [.. records.GroupBy(record => record.Outcome, record => record.Label)];
        if (groups.Length == 1 && isWhole)
        {
            return records.Length == 1 ? groups[0].Key : $"{groups[0].Key} ({records.Length} records)";
        }

        return string.Join("; ", groups.Select(group => $"{group.Key}: {string.Join(", ", group)}"));
    }
}
