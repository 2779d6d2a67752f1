using CleverTap.Rudder.Tests.Json;
using CsCheck;

namespace CleverTap.Rudder.Tests.Records;

/// <summary>TraitFields behaves like a dictionary that keeps the order in which names were added.</summary>
[TestFixture]
public sealed class TraitFieldsPropertyTests
{
    /// <summary>The next bag of the same sender: the same names in the same order, or with a few differences.</summary>
    private static readonly Gen<(string Name, int Value)[][]> GenBags = Gen.Select(
        OrderedModel.GenMembers,
        Gen.Select(Gen.Int, Gen.Int, OrderedModel.GenName).Array[0, 3],
        (first, changes) =>
        {
            List<(string Name, int Value)[]> bags = [first];
            foreach ((int from, int to, string name) in changes)
            {
                bags.Add(Change(bags[^1], from, to, name));
            }

            return bags.ToArray();
        }
    );

    [Test]
    public void Fields_equal_an_ordered_dictionary_when_bags_are_opened_and_changed() =>
        Gen.Select(GenBags, Gen.Select(OrderedModel.GenName, Gen.Int).Array[0, 20], OrderedModel.GenName.Array[20])
            .Sample(
                (bags, sets, others) =>
                {
                    TraitNames names = TraitNames.Current;
                    var fields = new TraitFields();
                    foreach ((string Name, int Value)[] bag in bags)
                    {
                        var model = new OrderedModel();
                        fields.Open(OrderedModel.Object(bag), names);
                        foreach ((string name, int value) in bag)
                        {
                            model.Set(name, value);
                        }

                        AssertEqual(model, fields, names, others);
                        foreach ((string name, int value) in sets)
                        {
                            fields.Set(names.Find(name), OrderedModel.Value(value));
                            model.Set(name, value);
                        }

                        AssertEqual(model, fields, names, others);
                    }
                },
                iter: 60
            );

    /// <summary>Moves a member, replaces one and repeats another.</summary>
    private static (string Name, int Value)[] Change((string Name, int Value)[] bag, int from, int to, string name)
    {
        List<(string Name, int Value)> changed = [.. bag, (name, to)];
        (string Name, int Value) moved = changed[(from & int.MaxValue) % changed.Count];
        changed.Insert((to & int.MaxValue) % changed.Count, moved with { Value = from });
        changed[(from & int.MaxValue) % changed.Count] = (name, from);
        return [.. changed];
    }

    private static void AssertEqual(OrderedModel model, TraitFields fields, TraitNames names, string[] others) =>
        model.AssertEqual(
            fields.All.ToArray().Select(field => (field.Name.Text, field.Value)),
            name => fields.IndexOf(names.Find(name)),
            others
        );
}
