using System.Text;
using CsCheck;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>Fields are a dictionary that keeps the order in which its names came first.</summary>
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
    public void Fields_that_are_set_are_those_of_a_dictionary() =>
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

                        model.IsThatOf(fields, others);
                    }
                },
                iter: 60
            );

    [Test]
    public void Objects_that_are_opened_and_then_changed_are_dictionaries() =>
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

                        model.IsThatOf(fields, others);
                        foreach ((string name, int value) in sets)
                        {
                            fields.Set(name, new JsonSlice(Encoding.UTF8.GetBytes(Number(value))));
                            model.Set(name, Number(value));
                        }

                        model.IsThatOf(fields, others);
                    }
                },
                iter: 60
            );

    [Test]
    public void Only_what_came_once_as_it_would_be_written_is_copied_as_it_stands() =>
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
                        throw new InvalidOperationException($"{written} is not final");
                    }
                }
            },
            iter: 5_000
        );

    /// <summary>Whoever knows the names that collide in one process knows nothing of the next.</summary>
    [TestCase(3)]
    [TestCase(7)]
    [TestCase(8)]
    [TestCase(12)]
    [TestCase(24)]
    public void Names_that_collide_by_one_secret_do_not_by_another(int length)
    {
        const int Buckets = 1 << 12;
        var random = new Random(length);
        for (int round = 0; round < 2; round++)
        {
            ulong seed = (ulong)random.NextInt64() | 1,
                factor = (ulong)random.NextInt64() | 1;
            ulong otherSeed = (ulong)random.NextInt64() | 1,
                otherFactor = (ulong)random.NextInt64() | 1;
            byte[][] names = [.. Enumerable.Range(0, 100_000).Select(_ => Letters(random, length)).DistinctBy(Convert.ToHexString)];
            byte[][] alike = names
                .GroupBy(name => FieldName.Hash(name, seed, factor) & (Buckets - 1))
                .MaxBy(group => group.Count())!
                .ToArray();
            int stillAlike = alike
                .GroupBy(name => FieldName.Hash(name, otherSeed, otherFactor) & (Buckets - 1))
                .Max(group => group.Count());
            Assert.That(stillAlike, Is.LessThan(8), $"of {alike.Length}");
        }
    }

    private static byte[] Letters(Random random, int length)
    {
        var name = new byte[length];
        for (int i = 0; i < length; i++)
        {
            name[i] = (byte)random.Next(' ', '\x7F');
        }

        return name;
    }

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

        public void IsThatOf(JsonFields fields, string[] others)
        {
            string[] actual = [.. fields.All.ToArray().Select(field => $"{field.Name}={Encoding.UTF8.GetString(field.Value.Span)}")];
            string[] expected = [.. order.Select(name => $"{name}={values[name]}")];
            if (!actual.SequenceEqual(expected))
            {
                throw new InvalidOperationException($"{string.Join(" ", actual)} instead of {string.Join(" ", expected)}");
            }

            foreach (string name in order.Concat(others))
            {
                int place = order.Count == values.Count && values.ContainsKey(name) ? order.IndexOf(name) : -1;
                if (fields.IndexOf(name) != place || fields.Contains(name) != place >= 0)
                {
                    throw new InvalidOperationException($"{name} is at {fields.IndexOf(name)} instead of {place}");
                }
            }
        }
    }
}
