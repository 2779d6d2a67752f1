using System.Collections.Concurrent;
using System.Collections.Frozen;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>Finds the <see cref="TraitName"/> of a text: after the first time without an allocation. Thread-safe.</summary>
/// <remarks>
/// The sender of events chooses the names, so a table that is full is replaced by a new one. An event keeps the table with which it
/// began, because its names must stay the same objects.
/// </remarks>
internal sealed class TraitNames
{
    private const int MaxNames = 32 * 1024;
    private const int MaxBytes = 1024 * 1024;

    /// <summary>The names that the mapping looks up. They are the same objects in every table and keep their spelling.</summary>
    private static readonly string[] KnownTexts =
    [
        .. new[] { "email", "name", "phone", "gender", "employed", "birthday", "education", "married", "customerType", "avatar" },
        .. new[] { "firstName", "firstname", "first_name", "lastName", "lastname", "last_name" },
        .. new[] { "anonymousId", "userId", "id", "ts", "overrideFields" },
        .. new[] { "Email", "Name", "Phone", "Gender", "Employed", "DOB", "Education", "Married", "Customer Type", "Photo", "identity" },
    ];

    private static readonly FrozenDictionary<string, TraitName> KnownNames = KnownTexts
        .Select((text, index) => new TraitName(index, new FieldName(text), keepsSpelling: true))
        .ToFrozenDictionary(name => name.ToString(), StringComparer.Ordinal);

    private static TraitNames current = new();

    private readonly ConcurrentDictionary<FieldName, TraitName> names;
    private int nextId = KnownTexts.Length;
    private int bytes;

    private TraitNames() => names = new(KnownNames.Values.Select(name => KeyValuePair.Create(name.Text, name)));

    /// <summary>The table for events that begin now.</summary>
    public static TraitNames Current => Volatile.Read(ref current);

    /// <summary>Gets a name that the mapping looks up.</summary>
    /// <exception cref="KeyNotFoundException">The list above does not contain the name.</exception>
    public static TraitName Known(string text) => KnownNames[text];

    /// <summary>The name for a canonical text, which is copied if it is new.</summary>
    public TraitName Find(FieldName text) => names.TryGetValue(text, out TraitName? known) ? known : Add(text);

    private TraitName Add(FieldName text)
    {
        lock (names)
        {
            if (names.TryGetValue(text, out TraitName? known))
            {
                return known;
            }

            int id = nextId++;
            var added = new TraitName(id, new FieldName(text.Span.ToArray()), keepsSpelling: false);
            names[added.Text] = added;
            bytes += text.Span.Length;
            bool isFull = id >= MaxNames || bytes >= MaxBytes;
            if (isFull && Current == this)
            {
                Volatile.Write(ref current, new TraitNames());
            }

            return added;
        }
    }
}
