namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Words the names of destinations for messages.</summary>
internal static class DestinationNames
{
    public static string List(IEnumerable<string> names) =>
        string.Join(", ", names.Select(name => name.Length == 0 ? "one without a name" : $"'{name}'"));

    /// <summary>Says that no destination has a name, and lists the names of those that are registered.</summary>
    public static string Missing(string name, IReadOnlyCollection<string> registered)
    {
        string missing = name.Length == 0 ? "without a name" : $"'{name}'";
        string available = registered.Count == 0 ? "none is registered" : $"there is {List(registered)}";
        return $"there is no CleverTap destination {missing}; {available}";
    }
}
