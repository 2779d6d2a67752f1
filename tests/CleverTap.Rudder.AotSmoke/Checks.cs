namespace CleverTap.Rudder.AotSmoke;

/// <summary>Compares texts and prints a line for each comparison.</summary>
internal sealed class Checks
{
    private int total;
    private int different;

    /// <summary>Byte for byte.</summary>
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

    /// <summary>The exit code: 0 where nothing differs.</summary>
    public int GetExitCode()
    {
        Console.WriteLine($"{total} checks, {different} different");
        return different == 0 && total > 0 ? 0 : 1;
    }
}
