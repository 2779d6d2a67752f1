using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace CleverTap.Rudder.Tests.House;

/// <summary>The files for operators beside the Kafka sample say what the code does.</summary>
[NonParallelizable]
public sealed partial class OperationsTests
{
    private const int UploadsOfAnAccount = 15;

    private static readonly string Folder = Path.Combine(Repository.Root, "samples", "KafkaWorker");
    private static readonly HashSet<string> Exported = [.. Instruments().SelectMany(PrometheusNames)];

    [Test]
    public void Dashboard_parses_has_distinct_panels_and_names_only_metrics_that_exist()
    {
        JsonArray panels = Panels();

        Assert.That(panels.Select(panel => (int)panel!["id"]!), Is.Unique);
        Assert.That(panels.Select(panel => panel!["gridPos"]!.ToJsonString()), Is.Unique);
        Assert.That(MetricsIn(Read("grafana-dashboard.json")), Is.SubsetOf(Exported));
    }

    [Test]
    public void Every_metric_has_a_panel()
    {
        HashSet<string> shown = MetricsIn(Panels().ToJsonString());

        IEnumerable<Instrument> missing = Instruments().Where(instrument => !PrometheusNames(instrument).Any(shown.Contains));

        Assert.That(missing.Select(instrument => instrument.Name), Is.Empty);
    }

    [Test]
    public void Alerts_parse_have_a_summary_and_name_only_metrics_that_exist()
    {
        YamlSequenceNode groups = (YamlSequenceNode)Documents("alerts.yml").Single()["groups"];
        YamlNode[] rules = [.. groups.SelectMany(group => (YamlSequenceNode)group["rules"])];

        Assert.That(rules.Select(rule => rule["alert"].ToString()), Is.Not.Empty.And.Unique);
        foreach (YamlNode rule in rules)
        {
            Assert.That(MetricsIn(rule["expr"].ToString()), Is.Not.Empty.And.SubsetOf(Exported), rule["alert"].ToString());
            Assert.That(rule["annotations"]["summary"].ToString(), Is.Not.Empty);
        }
    }

    [Test]
    public void Statuses_and_outcomes_in_queries_exist()
    {
        string queries = Read("alerts.yml") + Read("grafana-dashboard.json").Replace("\\\"", "\"", StringComparison.Ordinal);

        Assert.That(Values(queries, "status"), Is.Not.Empty.And.SubsetOf(Enum.GetNames<ResponseStatus>()));
        Assert.That(Values(queries, "outcome"), Is.Not.Empty.And.SubsetOf(Enum.GetNames<OutcomeKind>()));
    }

    [Test]
    public void Kubernetes_manifest_leaves_time_to_drain_and_shares_the_uploads_of_the_account()
    {
        YamlNode deployment = Documents("kubernetes.yml").Single(document => document["kind"].ToString() == "Deployment")["spec"];
        YamlNode pod = deployment["template"]["spec"];
        string[] arguments = [.. ((YamlSequenceNode)pod["containers"][0]["args"]).Select(argument => argument.ToString())];
        int maxInFlight = Number(arguments[Array.IndexOf(arguments, "--max-in-flight") + 1]);
        int workers = Number(deployment["replicas"].ToString()) + Number(deployment["strategy"]["rollingUpdate"]["maxSurge"].ToString());

        int grace = Number(pod["terminationGracePeriodSeconds"].ToString());
        Assert.That(TimeSpan.FromSeconds(grace), Is.GreaterThan(new KafkaConsumerOptions().ShutdownDeadline));
        Assert.That(maxInFlight * workers, Is.LessThanOrEqualTo(UploadsOfAnAccount));
        string port = pod["containers"][0]["ports"][0]["containerPort"].ToString();
        Assert.That(port, Is.EqualTo(arguments[Array.IndexOf(arguments, "--health-port") + 1]));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    private static JsonArray Panels() => JsonNode.Parse(Read("grafana-dashboard.json"))!["panels"]!.AsArray();

    private static IEnumerable<YamlNode> Documents(string file)
    {
        var yaml = new YamlStream();
        using var text = new StringReader(Read(file));
        yaml.Load(text);
        return yaml.Documents.Select(document => document.RootNode);
    }

    private static HashSet<string> MetricsIn(string text) => [.. Metric().Matches(text).Select(match => match.Value)];

    private static IEnumerable<string> Values(string text, string label) =>
        Regex.Matches(text, $"{label}!?=\"(\\w+)\"").Select(match => match.Groups[1].Value).Distinct();

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static List<Instrument> Instruments()
    {
        List<Instrument> instruments = [];
        using var meters = new TestMeters();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                lock (instruments)
                {
                    instruments.Add(instrument);
                }
            },
        };
        listener.Start();
        var metrics = new CleverTapMetrics(meters);
        _ = new QueueMetrics(metrics);
        return [.. instruments.Where(instrument => instrument.Meter == metrics.Meter)];
    }

    /// <summary>The series of an instrument, as OpenTelemetry names them for Prometheus.</summary>
    private static IEnumerable<string> PrometheusNames(Instrument instrument)
    {
        string name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        Type kind = instrument.GetType().GetGenericTypeDefinition();
        return kind == typeof(Histogram<>) ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"]
            : kind == typeof(Counter<>) ? [$"{name}_total"]
            : [name];
    }

    [GeneratedRegex(@"\bclevertap_\w+")]
    private static partial Regex Metric();
}
