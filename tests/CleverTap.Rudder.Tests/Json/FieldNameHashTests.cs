using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;

namespace CleverTap.Rudder.Tests.Json;

/// <summary>An attacker cannot prepare names that collide, because the hash of a name depends on secrets of the process.</summary>
[TestFixture]
public sealed class FieldNameHashTests
{
    /// <summary>
    /// The longest chain in a table with as many slots as names. A chain of more than 16 random hashes has a probability of less than
    /// 4096 / 17!, which is 1E-11.
    /// </summary>
    private const int MaxChain = 16;

    /// <summary>
    /// The number of names whose hash another name has. 4096 random hashes of 32 bits have 0.002 equal pairs on average, and more than
    /// four with a probability of less than 1E-15.
    /// </summary>
    private const int MaxEqualHashes = 4;

    private static IEnumerable<string> Titles() => CollidingNames.All.Select(prepared => prepared.Title);

    [TestCaseSource(nameof(Titles))]
    public void Prepared_names_collide_no_more_than_random_hashes_with_the_secrets_of_the_process(string title)
    {
        CollidingNames prepared = CollidingNames.All.Single(one => one.Title == title);
        byte[][] names = [.. Enumerable.Range(0, CollidingNames.Count).Select(prepared.Create)];
        int[] hashes = [.. names.Select(name => FieldName.Hash(name))];

        Assert.That(names.Select(Convert.ToHexString).Distinct().Count(), Is.EqualTo(names.Length), "different names");
        Assert.That(names.Select(prepared.Hash).Distinct().Count(), Is.EqualTo(1), "values of the hash that the names attack");
        Assert.That(hashes.Distinct().Count(), Is.GreaterThanOrEqualTo(hashes.Length - MaxEqualHashes), "different hashes");
        Assert.That(LongestChain(hashes), Is.LessThanOrEqualTo(MaxChain), "longest chain");
    }

    /// <summary>
    /// Names that differ only in their last eight bytes are multiplied only once. A few factors suit a series of such names badly, so the
    /// test takes many secrets, and the bound applies to most of them.
    /// </summary>
    [TestCase("", "D4")]
    [TestCase("", "D8")]
    [TestCase("a name of many letters, the last of which differ ", "D4")]
    [TestCase("a name of many letters, the last of which differ ", "D8")]
    public void Names_in_a_series_collide_no_more_than_random_hashes_with_nearly_all_secrets(string start, string digits)
    {
        const int Secrets = 200;
        var random = new Random(1);
        byte[][] names =
        [
            .. Enumerable
                .Range(0, CollidingNames.Count)
                .Select(index => Encoding.UTF8.GetBytes(start + index.ToString(digits, CultureInfo.InvariantCulture))),
        ];

        int inBounds = Enumerable
            .Range(0, Secrets)
            .Select(_ => (Seed: CreateSecret(random), Factor: CreateSecret(random)))
            .Count(secret => LongestChain([.. names.Select(name => FieldName.Hash(name, secret.Seed, secret.Factor))]) <= MaxChain);

        Assert.That(inBounds, Is.GreaterThanOrEqualTo(Secrets * 95 / 100));
    }

    [Test]
    public void Names_have_other_hashes_when_the_library_is_loaded_again()
    {
        string[] names = ["Email", "Phone", "Name", "a name of many letters"];
        var again = new AssemblyLoadContext(nameof(FieldNameHashTests), isCollectible: true);
        Type type = again.LoadFromAssemblyPath(typeof(FieldName).Assembly.Location).GetType(typeof(FieldName).FullName!)!;
        ConstructorInfo create = type.GetConstructor([typeof(string)])!;

        int[] hashes = [.. names.Select(name => new FieldName(name).GetHashCode())];
        int[] hashesAgain = [.. names.Select(name => create.Invoke([name]).GetHashCode())];
        again.Unload();

        Assert.That(hashesAgain, Is.Not.EqualTo(hashes));
    }

    /// <summary>Names that collide in one process must not collide in another, because each process has its own secrets.</summary>
    [TestCase(3)]
    [TestCase(7)]
    [TestCase(8)]
    [TestCase(12)]
    [TestCase(24)]
    public void Hashes_of_names_that_collide_with_one_secret_do_not_collide_with_another(int length)
    {
        const int Buckets = 1 << 12;
        var random = new Random(length);
        for (int round = 0; round < 2; round++)
        {
            (ulong seed, ulong factor) = (CreateSecret(random), CreateSecret(random));
            (ulong otherSeed, ulong otherFactor) = (CreateSecret(random), CreateSecret(random));
            byte[][] names = [.. Enumerable.Range(0, 100_000).Select(_ => Letters(random, length)).DistinctBy(Convert.ToHexString)];
            byte[][] colliding = names
                .GroupBy(name => FieldName.Hash(name, seed, factor) & (Buckets - 1))
                .MaxBy(group => group.Count())!
                .ToArray();
            int stillColliding = colliding
                .GroupBy(name => FieldName.Hash(name, otherSeed, otherFactor) & (Buckets - 1))
                .Max(group => group.Count());
            Assert.That(stillColliding, Is.LessThan(8), $"of {colliding.Length}");
        }
    }

    private static int LongestChain(int[] hashes) => hashes.GroupBy(hash => hash & (hashes.Length - 1)).Max(slot => slot.Count());

    private static ulong CreateSecret(Random random) => ((ulong)random.NextInt64() << 1) | 1;

    private static byte[] Letters(Random random, int length)
    {
        var name = new byte[length];
        for (int i = 0; i < length; i++)
        {
            name[i] = (byte)random.Next(' ', '\x7F');
        }

        return name;
    }
}
