using System.Text;
using CsCheck;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>JsonFields behaves like a dictionary that keeps the order in which names were added.</summary>
[TestFixture]
public sealed class FieldsPropertyTests
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

    private static readonly Gen<string> Name = Gen.Frequency(
        (5, Gen.Select(Prefix, Gen.Int[0, 2_000], (prefix, number) => $"{prefix}{number}")),
        (1, Gen.Select(Prefix, Gen.Char["abcdefgh"], (prefix, last) => $"{prefix}{last}")),
        (1, Prefix)
    );

    [Test]
    public void Fields_equal_an_ordered_dictionary_when_members_are_set() =>
        Gen.Select(Gen.Int[0, 2_000].SelectMany(count => Gen.Select(Name, Gen.Int).Array[count]), Name.Array[20])
            .Array[1, 3]
            .Sample(
                rounds =>
                {
                    var fields = new JsonFields();
                    foreach (((string Name, int Value)[] sets, string[] others) in rounds)
                    {
                        fields.Clear();
                        var model = new Model();
                        foreach ((string name, int value) in sets)
                        {
                            fields.Set(name, new JsonSlice(Encoding.UTF8.GetBytes(Number(value))));
                            model.Set(name, Number(value));
                        }

                        model.AssertEqual(fields, others);
                    }
                },
                iter: 60
            );

    [Test]
    public void Fields_equal_an_ordered_dictionary_when_an_object_is_opened_and_changed() =>
        Gen.Select(
                Gen.Int[0, 2_000].SelectMany(count => Gen.Select(Name, Gen.Int).Array[count]),
                Gen.Select(Name, Gen.Int).Array[0, 20],
                Name.Array[20]
            )
            .Array[1, 3]
            .Sample(
                rounds =>
                {
                    var fields = new JsonFields();
                    foreach (((string Name, int Value)[] members, (string Name, int Value)[] sets, string[] others) in rounds)
                    {
                        var model = new Model();
                        fields.Open(
                            new JsonSlice(
                                Encoding.UTF8.GetBytes(
                                    $"{{{string.Join(" , ", members.Select(member => $"\"{member.Name}\": {Number(member.Value)}"))}}}"
                                )
                            )
                        );
                        foreach ((string name, int value) in members)
                        {
                            model.Set(name, Number(value));
                        }

                        model.AssertEqual(fields, others);
                        foreach ((string name, int value) in sets)
                        {
                            fields.Set(name, new JsonSlice(Encoding.UTF8.GetBytes(Number(value))));
                            model.Set(name, Number(value));
                        }

                        model.AssertEqual(fields, others);
                    }
                },
                iter: 60
            );

    [Test]
    public void Fields_are_copied_verbatim_only_when_their_bytes_need_no_change() =>
        GenPlaced.WellFormed.Sample(
            placed =>
            {
                int start = JsonTokenizer.SkipWhiteSpace(placed.Span, 0);
                int end = JsonTokenizer.EndOfValue(placed.Span, start, out _, out _);
                var source = new JsonSlice(placed.Array, placed.Start + start, end - start);
                var fields = new JsonFields();
                fields.Open(source);
                foreach (JsonFields.Field field in fields.All)
                {
                    string written = $"\"{Encoding.UTF8.GetString(field.Name.Span)}\":{Encoding.UTF8.GetString(field.Value.Span)}";
                    if (field.CanCopyVerbatim && Encoding.UTF8.GetString(source.Span[field.Start..field.End]) != written)
                    {
                        throw new InvalidOperationException($"{written} must not be copied verbatim");
                    }
                }
            },
            iter: 5_000
        );

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Model
    {
        private readonly List<string> order = [];
        private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

        public void Set(string name, string value)
        {
            if (!values.ContainsKey(name))
            {
                order.Add(name);
            }

            values[name] = value;
        }

        public void AssertEqual(JsonFields fields, string[] others)
        {
            string[] actual = [.. fields.All.ToArray().Select(field => $"{field.Name}={Encoding.UTF8.GetString(field.Value.Span)}")];
            string[] expected = [.. order.Select(name => $"{name}={values[name]}")];
            if (!actual.SequenceEqual(expected))
            {
                throw new InvalidOperationException($"{string.Join(" ", actual)} instead of {string.Join(" ", expected)}");
            }

            foreach (string name in order.Concat(others))
            {
                int index = order.Count == values.Count && values.ContainsKey(name) ? order.IndexOf(name) : -1;
                if (fields.IndexOf(name) != index || fields.Contains(name) != index >= 0)
                {
                    throw new InvalidOperationException($"{name} is at {fields.IndexOf(name)} instead of {index}");
                }
            }
        }
    }
}
