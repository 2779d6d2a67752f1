using System.Reflection;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Validation;
using CleverTap.Rudder.Tool.CheckAccount.Claims;

namespace CleverTap.Rudder.Tests.Tool.CheckAccount;

/// <summary>No rule about CleverTap stands without a claim and its probe, or without the reason why no probe shows it.</summary>
public sealed class ClaimTableTests
{
    private static readonly string[] Rules =
    [
        .. Enum.GetNames<RecordCode>().Select(name => $"{nameof(RecordCode)}.{name}"),
        .. Enum.GetNames<WarningCode>().Select(name => $"{nameof(WarningCode)}.{name}"),
        .. typeof(CleverTapRules)
            .GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(rule => $"{nameof(CleverTapRules)}.{rule.Name}"),
        .. CleverTapRules.StandardFields.Values.Select(field => $"{nameof(StandardField)}.{field.NameText}"),
    ];

    private static readonly int[] Codes =
    [
        .. Enum.GetValues<RecordCode>().Select(code => (int)code),
        .. CleverTapRules.StandardFields.Values.Where(field => field.Code is not null).Select(field => field.Code!.Value),
    ];

    private static readonly string[] Fields = [.. CleverTapRules.StandardFields.Values.Select(field => field.NameText)];

    private static readonly string[] Families = [nameof(RecordCode), nameof(WarningCode), nameof(CleverTapRules), nameof(StandardField)];

    private static IEnumerable<string> Claimed => ClaimTable.All.SelectMany(claim => claim.UsedIn).Where(IsRule).Distinct();

    private static IEnumerable<string> Reasoned => Unprobed.All.Select(rule => rule.Rule).Where(IsRule);

    private static IEnumerable<UploadProbe> Uploads => ClaimTable.All.Select(claim => claim.Probe).OfType<UploadProbe>();

    [TestCaseSource(nameof(Rules))]
    public void Rule_has_a_claim_or_the_reason_why_it_has_none(string rule) =>
        Assert.That(Claimed.Count(name => name == rule) + Reasoned.Count(name => name == rule), Is.EqualTo(1));

    [Test]
    public void Claims_and_reasons_name_only_rules_that_exist() => Assert.That(Claimed.Concat(Reasoned), Is.SubsetOf(Rules));

    [TestCaseSource(nameof(Codes))]
    public void Record_code_is_expected_by_a_probe(int code)
    {
        bool isExpected = Uploads.SelectMany(upload => upload.Records).Any(record => record.Code == (RecordCode)code);

        Assert.That(isExpected, Is.EqualTo(code != (int)RecordCode.ServerError));
    }

    [TestCaseSource(nameof(Fields))]
    public void Standard_field_has_a_value_that_is_accepted(string field)
    {
        IEnumerable<ProbeRecord> accepted = Uploads.SelectMany(upload => upload.Records).Where(record => record.Code is null);

        Assert.That(accepted.Any(record => record.Json.Contains($"\"profileData\":{{\"{field}\":\"", StringComparison.Ordinal)));
    }

    [Test]
    public void Every_name_of_a_table_of_the_rules_is_probed()
    {
        string sent = string.Concat(Uploads.Select(upload => upload.Request.Body));
        IEnumerable<string> names =
        [
            .. CleverTapRules.ReservedEventNames.Names,
            .. CleverTapRules.RejectedIdentities.Names,
            .. CleverTapRules.Genders.Names,
            .. CleverTapRules.StandardFields.Values.Select(field => field.NameText),
            .. ProfileOperators.Names.Select(name => name.ToString()),
        ];

        Assert.That(names.Where(name => !sent.Contains($"\"{name}\"", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Ids_are_unique() => Assert.That(ClaimTable.All.Select(claim => claim.Id), Is.Unique);

    [TestCaseSource(typeof(CheckSession), nameof(CheckSession.ClaimIds))]
    public void Claim_says_what_it_claims_and_where_it_matters(string id)
    {
        Claim claim = CheckSession.ClaimOf(id);
        Assert.That(claim.Id, Does.Match("^[a-z0-9-]+$"));
        Assert.That(claim.Statement, Does.Match("[^.]$"));
        Assert.That(claim.Source, Is.Not.Empty);
        Assert.That(claim.UsedIn, Is.Not.Empty.And.Unique);
    }

    [TestCaseSource(typeof(CheckSession), nameof(CheckSession.ClaimIds))]
    public void Probe_that_is_no_write_is_a_dry_run_or_reads(string id)
    {
        Claim claim = CheckSession.ClaimOf(id);
        ProbeRequest request = claim.Probe.Request;
        bool isHarmless = request.Method == HttpMethod.Get || request.Path == "1/upload?dryRun=1";

        Assert.That(isHarmless, Is.EqualTo(!claim.Probe.IsWrite || claim.Probe is LookupProbe));
    }

    [Test]
    public void Labels_tell_the_records_of_a_mixed_upload_apart()
    {
        IEnumerable<UploadProbe> mixed = Uploads.Where(upload => upload.Records.DistinctBy(record => record.Code).Count() > 1);
        IEnumerable<string[]> labels = mixed.Select(upload => upload.Records.Select(record => record.Label).ToArray());

        Assert.That(labels.Where(row => row.Distinct().Count() < row.Length && row is not ["valid", "nameless"]), Is.Empty);
    }

    private static bool IsRule(string name) => Families.Contains(name.Split('.')[0]) && name.Contains('.', StringComparison.Ordinal);
}
