namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>The number up to which everything is settled.</summary>
[NonParallelizable]
public sealed class LowWaterMarkTests
{
    [TestCase(new long[0], -1, 4)]
    [TestCase(new long[] { 11 }, -1, 4)]
    [TestCase(new long[] { 10 }, 10, 3)]
    [TestCase(new long[] { 12, 10 }, 10, 3)]
    [TestCase(new long[] { 12, 11, 10 }, 19, 1)]
    [TestCase(new long[] { 10, 11, 12, 20 }, 20, 0)]
    public void Low_water_mark_position_and_count_follow_the_oldest_open_number(long[] settled, long position, long count)
    {
        var mark = new LowWaterMark();
        foreach (long number in new long[] { 10, 11, 12, 20 })
        {
            mark.Add(number);
        }

        foreach (long number in settled)
        {
            mark.Settle([number]);
        }

        Assert.That((mark.Position, mark.Count, mark.Last), Is.EqualTo((position, count, 20)));
    }

    [Test]
    public void Low_water_mark_stores_nothing_for_settled_numbers_behind_an_open_one()
    {
        var mark = new LowWaterMark();
        mark.Add(0);
        AddAndSettle(mark, 1, 10_000);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        AddAndSettle(mark, 10_001, 1_000_000);

        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.That((mark.Position, mark.Count), Is.EqualTo((-1, 1_010_001)));
        Assert.That(grown, Is.LessThan(1_000_000));
    }

    private static void AddAndSettle(LowWaterMark mark, long first, int count)
    {
        for (long number = first; number < first + count; number++)
        {
            mark.Add(number);
            mark.Settle([number]);
        }
    }
}
