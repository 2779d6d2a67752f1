namespace CleverTap.Rudder.Benchmarks.Generation;

/// <summary>Creates random words, numbers and ids from a seed.</summary>
internal sealed class Words(Random random)
{
    private static readonly string[] Vocabulary = (
        "stream wishlist annual checkout flight mobile category credit travel bravo alpha premium news cart live follow hotel audio "
        + "search invite electronics insurance voucher video monthly express coupon balance reward profile"
    ).Split(' ');

    public int Number(int below) => random.Next(below);

    public string Word() => Vocabulary[random.Next(Vocabulary.Length)];

    public string Text(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word()));

    public string Hex(int length) => random.GetHexString(length, lowercase: true);

    public string Guid()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    public string Address() => $"10.{Number(256)}.{Number(256)}.{Number(256)}";

    public string Weighted(params ReadOnlySpan<(string Value, int Weight)> choices)
    {
        int total = 0;
        foreach ((_, int weight) in choices)
        {
            total += weight;
        }

        int remaining = random.Next(total);
        foreach ((string value, int weight) in choices)
        {
            if ((remaining -= weight) < 0)
            {
                return value;
            }
        }

        return choices[^1].Value;
    }
}
