namespace CleverTap.Rudder;

/// <summary>Which messages of a batch have their final outcome, and up to where all have.</summary>
internal sealed class BatchProgress(IReadOnlyList<TopicMessage> batch)
{
    private readonly bool[] settled = new bool[batch.Count];
    private int first;

    public void Settle(int place) => settled[place] = true;

    /// <summary>The offset behind the last message before which nothing is open; null where the first one still is.</summary>
    public long? Position()
    {
        while (first < settled.Length && settled[first]) first++;
        return first == 0 ? null : batch[first - 1].Consumed.Offset.Value + 1;
    }
}
