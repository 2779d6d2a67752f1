namespace CleverTap.Rudder.Internal.Hosting;

/// <summary>Formats the names of destinations for messages.</summary>
internal static class DestinationNames
{
    public static string List(IEnumerable<string> names) =>
        string.Join(", ", names.Select(name => name.Length == 0 ? "one without a name" : $"'{name}'"));

    /// <summary>Returns the message for an unknown destination name, with the registered names.</summary>
    public static string Missing(string name, IReadOnlyCollection<string> registered)
    {
        string missing = name.Length == 0 ? "without a name" : $"'{name}'";
        string available = registered.Count == 0 ? "none is registered" : $"there is {List(registered)}";
        return $"there is no CleverTap destination {missing}; {available}";
    }
}
