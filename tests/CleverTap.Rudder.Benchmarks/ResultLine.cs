using System.Globalization;
using System.Text;

namespace CleverTap.Rudder.Benchmarks;

/// <summary>One result as a line of JSON on the standard output.</summary>
internal sealed class ResultLine(string name)
{
    private readonly StringBuilder json = new($"{{\"name\":\"{name}\"");

    /// <summary>Adds a figure with a fixed number of decimals.</summary>
    public ResultLine Add(string member, double value, int decimals = 0) =>
        AddJson(member, value.ToString($"F{decimals}", CultureInfo.InvariantCulture));

    public ResultLine Add(string member, bool value) => AddJson(member, value ? "true" : "false");

    public ResultLine Add(string member, string value) => AddJson(member, $"\"{value}\"");

    public void Print() => Console.WriteLine(json.Append('}').ToString());

    private ResultLine AddJson(string member, string value)
    {
        json.Append(CultureInfo.InvariantCulture, $",\"{member}\":{value}");
        return this;
    }
}
