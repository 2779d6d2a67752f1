namespace CleverTap.Rudder.Benchmarks;

/// <summary>Calculates figures of several passes.</summary>
internal static class Figures
{
    /// <summary>Returns the middle value; of an even number of values, the greater of the two in the middle.</summary>
    public static double Median(this IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
