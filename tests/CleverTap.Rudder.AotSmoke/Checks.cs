namespace CleverTap.Rudder.AotSmoke;

/// <summary>Compares texts, prints a line for each comparison and counts the differences.</summary>
internal sealed class Checks
{
    private int total;
    private int different;

    /// <summary>Compares two texts with ordinal comparison.</summary>
    public void AreEqual(string what, string expected, string? actual)
    {
        total++;
        if (string.Equals(expected, actual, StringComparison.Ordinal))
        {
            Console.WriteLine($"ok       {what}");
            return;
        }

        different++;
        Console.WriteLine($"differs  {what}\n  expected {expected}\n  but got  {actual}");
    }

    /// <summary>Prints the counts and returns the exit code, which is 0 if nothing differs.</summary>
    public int GetExitCode()
    {
        Console.WriteLine($"{total} checks, {different} different");
        return different == 0 && total > 0 ? 0 : 1;
    }
}
