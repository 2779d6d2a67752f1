using System.Runtime.CompilerServices;
using System.Text;
using CleverTap.Rudder.Tests.Json;

namespace CleverTap.Rudder.Tests.Records;

/// <summary>The names of traits are the same objects within an event, and the sender of events cannot fill the memory with them.</summary>
[TestFixture]
[NonParallelizable] // a table that another test fills would be replaced meanwhile
public sealed class TraitNamesTests
{
    /// <summary>More names than a table keeps.</summary>
    private const int TooMany = 40_000;

    private const string Identify =
        """{"type":"identify","userId":"u1","traits":{"email":"a@b.de","firstLogin":1,"plan":"gold","Some Trait":true,"MSG-push":false} }""";

    [Test]
    public void Equal_names_are_the_same_object_on_all_threads()
    {
        TraitNames names = TraitNames.Current;
        string prefix = Guid.NewGuid().ToString();

        TraitName[][] found = [.. ParallelEnumerable.Range(0, 8).Select(_ => FindAll(names, prefix, 1_000))];

        Assert.That(found, Has.All.EqualTo(found[0]));
        Assert.That(found[0].Select(name => name.Id).Distinct().Count(), Is.EqualTo(1_000));
    }

    [Test]
    public void A_table_is_replaced_when_it_is_full_and_keeps_its_own_names()
    {
        TraitNames names = TraitNames.Current;
        string prefix = Guid.NewGuid().ToString();

        TraitName[] found = FindAll(names, prefix, TooMany);

        Assert.That(TraitNames.Current, Is.Not.SameAs(names));
        Assert.That(FindAll(names, prefix, TooMany), Is.EqualTo(found));
        Assert.That(found.Select(name => name.Id).Distinct().Count(), Is.EqualTo(TooMany));
    }

    [Test]
    public void A_table_is_replaced_when_its_names_are_too_long()
    {
        TraitNames names = TraitNames.Current;

        FindAll(names, new string('x', 100_000) + Guid.NewGuid(), 20);

        Assert.That(TraitNames.Current, Is.Not.SameAs(names));
    }

    [Test]
    public void A_name_that_the_mapping_knows_is_the_same_object_in_every_table()
    {
        TraitName before = TraitNames.Current.Find("email");
        FindAll(TraitNames.Current, Guid.NewGuid().ToString(), TooMany);

        Assert.That(TraitNames.Current.Find("email"), Is.SameAs(before).And.SameAs(TraitNames.Known("email")));
    }

    [Test]
    public void An_identify_call_gives_the_same_records_after_a_sender_filled_the_table()
    {
        string before = Transform(Identify);

        foreach (int part in Enumerable.Range(0, 40))
        {
            string traits = string.Join(",", Enumerable.Range(0, 1_000).Select(index => $"\"Junk {Guid.NewGuid()} {part} {index}\":1"));
            Transform($$"""{"type":"identify","userId":"u1","traits":{ {{traits}} } }""");
            Assert.That(Transform(Identify), Is.EqualTo(before));
        }
    }

    [Test]
    public void A_trait_in_both_bags_is_sent_once_after_the_table_was_replaced()
    {
        Transform("""{"type":"identify","userId":"u1","traits":{"plan":"gold"},"context":{"traits":{"level":1} } }""");
        FindAll(TraitNames.Current, Guid.NewGuid().ToString(), TooMany);

        string record = Transform("""{"type":"identify","userId":"u1","traits":{"plan":"gold"},"context":{"traits":{"plan":"free"} } }""");

        Assert.That(record, Does.Contain("""{"plan":"gold"}"""));
    }

    [Test]
    public void An_identify_call_allocates_no_more_after_a_sender_filled_the_table()
    {
        long before = AllocatedByIdentify();
        FindAll(TraitNames.Current, Guid.NewGuid().ToString(), TooMany);

        Assert.That(AllocatedByIdentify(), Is.LessThan(before + 1_000));
    }

    [Test]
    public void A_table_that_one_event_filled_is_released_with_the_event()
    {
        FindAll(TraitNames.Current, Guid.NewGuid().ToString(), TooMany);

        WeakReference filled = FillByOneEvent();
        GC.Collect();

        Assert.That(filled.IsAlive, Is.False);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // The test itself must not hold the table.
    private static WeakReference FillByOneEvent()
    {
        var table = new WeakReference(TraitNames.Current);
        string traits = string.Join(",", Enumerable.Range(0, TooMany).Select(index => $"\"k{index}\":1"));
        string record = Transform($$"""{"type":"identify","userId":"u1","traits":{ {{traits}} } }""");
        Assert.That(record, Is.Not.Empty);
        return table;
    }

    /// <summary>The bytes that 1,000 calls allocate whose names were seen before.</summary>
    private static long AllocatedByIdentify()
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(Identify);
        Run(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(1_000);
        return GC.GetAllocatedBytesForCurrentThread() - before;

        void Run(int count)
        {
            for (int i = 0; i < count; i++)
            {
                CleverTapTransformer.Default.Transform(utf8, new DiscardingWriter());
            }
        }
    }

    private static string Transform(string json) =>
        string.Join("", CleverTapTransformer.Default.Transform(json).Records.Select(record => record.ToJson()));

    private static TraitName[] FindAll(TraitNames names, string prefix, int count) =>
        [.. Enumerable.Range(0, count).Select(index => names.Find($"{prefix} {index}"))];
}
