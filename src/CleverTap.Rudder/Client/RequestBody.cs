using System.Text.Json;

namespace CleverTap.Rudder.Internal.Client;

/// <summary>Writes the bodies of the calls that are not uploads.</summary>
internal static class RequestBody
{
    /// <summary>Writes a list of texts: <c>{"identity":["a","b"]}</c>.</summary>
    public static byte[] Texts(string name, IEnumerable<string> values) =>
        Write(writer =>
        {
            writer.WriteStartArray(name);
            foreach (string value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        });

    /// <summary>Writes a list of objects: <c>{"d":[{…},{…}]}</c>.</summary>
    public static byte[] Entries<T>(IEnumerable<T> entries, Action<Utf8JsonWriter, T> writeMembers) =>
        Write(writer =>
        {
            writer.WriteStartArray("d");
            foreach (T entry in entries)
            {
                writer.WriteStartObject();
                writeMembers(writer, entry);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });

    private static byte[] Write(Action<Utf8JsonWriter> writeMembers)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
