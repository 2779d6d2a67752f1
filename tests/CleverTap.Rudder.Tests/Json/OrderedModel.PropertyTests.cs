using System.Globalization;
using System.Text;
using CsCheck;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>A dictionary that keeps the order in which names were added: the model of a table of fields.</summary>
internal sealed class OrderedModel
{
    private static readonly Gen<string> Prefix = Gen.OneOf(
        "",
        "a",
        "ab",
        "abc",
        "abcd",
        "abcdefg",
        "abcdefgh",
        "abcdefghi",
        "a name of many letters, the last of which differ ",
        "é"
    );

    public static readonly Gen<string> GenName = Gen.Frequency(
        (5, Gen.Select(Prefix, Gen.Int[0, 2_000], (prefix, number) => $"{prefix}{number}")),
        (1, Gen.Select(Prefix, Gen.Char["abcdefgh"], (prefix, last) => $"{prefix}{last}")),
        (1, Prefix)
    );

    public static readonly Gen<(string Name, int Value)[]> GenMembers = Gen.Int[0, 2_000]
        .SelectMany(count => Gen.Select(GenName, Gen.Int).Array[count]);

    private readonly List<string> order = [];
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public static JsonSlice Value(int value) => new(Encoding.UTF8.GetBytes(Text(value)));

    /// <summary>The object that has the members.</summary>
    public static JsonSlice Object(IEnumerable<(string Name, int Value)> members) =>
        new(Encoding.UTF8.GetBytes($"{{{string.Join(" , ", members.Select(member => $"\"{member.Name}\": {Text(member.Value)}"))}}}"));

    public void Set(string name, int value)
    {
        if (!values.ContainsKey(name))
        {
            order.Add(name);
        }

        values[name] = Text(value);
    }

    /// <summary>Asserts that a table has the members of the model.</summary>
    /// <param name="actual">The members of the table.</param>
    /// <param name="indexOf">Looks a name up in the table.</param>
    /// <param name="others">Names that the table may or may not have.</param>
    public void AssertEqual(IEnumerable<(FieldName Name, JsonSlice Value)> actual, Func<string, int> indexOf, string[] others)
    {
        string members = string.Join(" ", actual.Select(member => $"{member.Name}={member.Value.ToText()}"));
        string expected = string.Join(" ", order.Select(name => $"{name}={values[name]}"));
        if (members != expected)
        {
            throw new InvalidOperationException($"{members} instead of {expected}");
        }

        foreach (string name in order.Concat(others))
        {
            int index = order.IndexOf(name);
            if (indexOf(name) != index)
            {
                throw new InvalidOperationException($"{name} is at {indexOf(name)} instead of {index}");
            }
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
