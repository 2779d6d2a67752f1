using Snapshooter;
using Snapshooter.NUnit;

namespace CleverTap.Rudder.Tests;

/// <summary>Whole payloads, kept as files next to the tests. The only place that knows the snapshot library.</summary>
internal static class Snapshots
{
    /// <summary>Compares JSON text with its snapshot, or writes the snapshot where there is none (an error in strict mode).</summary>
    /// <param name="name">The folder of the test and the name of the snapshot, such as <c>Mapping/guide-default</c>.</param>
    /// <param name="json">The JSON, indented as a person likes to read it.</param>
    public static void Match(string name, string json)
    {
        string folder = Path.Combine(Repository.Root, "tests", "CleverTap.Rudder.Tests", Path.GetDirectoryName(name) ?? "");
        Snapshot.Match(json, new SnapshotFullName(Path.GetFileName(name) + ".snap", folder));
    }
}
