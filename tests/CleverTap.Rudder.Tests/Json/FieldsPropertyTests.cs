using System.Text;
using CsCheck;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>JsonFields behaves like a dictionary that keeps the order in which names were added.</summary>
[TestFixture]
public sealed class FieldsPropertyTests
{
    [Test]
    public void Fields_equal_an_ordered_dictionary_when_members_are_set() =>
        Gen.Select(OrderedModel.GenMembers, OrderedModel.GenName.Array[20])
            .Array[1, 3]
            .Sample(
                rounds =>
                {
                    var fields = new JsonFields();
                    foreach (((string Name, int Value)[] sets, string[] others) in rounds)
                    {
                        fields.Clear();
                        var model = new OrderedModel();
                        Set(sets, fields, model);
                        AssertEqual(model, fields, others);
                    }
                },
                iter: 60
            );

    [Test]
    public void Fields_equal_an_ordered_dictionary_when_an_object_is_opened_and_changed() =>
        Gen.Select(OrderedModel.GenMembers, Gen.Select(OrderedModel.GenName, Gen.Int).Array[0, 20], OrderedModel.GenName.Array[20])
            .Array[1, 3]
            .Sample(
                rounds =>
                {
                    var fields = new JsonFields();
                    foreach (((string Name, int Value)[] members, (string Name, int Value)[] sets, string[] others) in rounds)
                    {
                        var model = new OrderedModel();
                        fields.Open(OrderedModel.Object(members));
                        foreach ((string name, int value) in members)
                        {
                            model.Set(name, value);
                        }

                        AssertEqual(model, fields, others);
                        Set(sets, fields, model);
                        AssertEqual(model, fields, others);
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

    private static void Set((string Name, int Value)[] sets, JsonFields fields, OrderedModel model)
    {
        foreach ((string name, int value) in sets)
        {
            fields.Set(name, OrderedModel.Value(value));
            model.Set(name, value);
        }
    }

    private static void AssertEqual(OrderedModel model, JsonFields fields, string[] others) =>
        model.AssertEqual(fields.All.ToArray().Select(field => (field.Name, field.Value)), name => fields.IndexOf(name), others);
}
