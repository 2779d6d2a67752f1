using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>Values by the names of traits, in their original order: a bag of traits, or a profile under construction.</summary>
/// <remarks>
/// The last of several values with the same name wins and takes the index of the first. Names are numbered, so that an array with the
/// index of each number replaces hashing. The array is never cleared: an entry counts only if the field at its index has the name.
/// </remarks>
internal sealed class TraitFields
{
    private const int None = -1;
    private const int InitialSize = 32;

    /// <summary>A larger array, which one huge event needed, is released on the next call of Clear.</summary>
    private const int MaxKeptFields = 16 * 1024;

    private Field[] fields = new Field[InitialSize];

    /// <summary>For each number of a name, the index of its field, or any other value.</summary>
    private int[] indexes = new int[InitialSize];

    /// <summary>The table of the names of the previous bag.</summary>
    private TraitNames? names;

    public int Count { get; private set; }

    public ReadOnlySpan<Field> All => fields.AsSpan(0, Count);

    /// <summary>The value of a field; missing if there is no such field.</summary>
    public JsonSlice this[TraitName name] => IndexOf(name) is var index and not None ? fields[index].Value : default;

    public void Clear()
    {
        Count = 0;
        if (fields.Length > MaxKeptFields)
        {
            Forget();
        }
    }

    /// <summary>Removes all fields and every reference to their names.</summary>
    public void Forget()
    {
        Count = 0;
        fields = new Field[InitialSize];
        indexes = new int[InitialSize];
        names = null;
    }

    /// <summary>Replaces all fields by the members of a well-formed object. A value that is not an object has no members.</summary>
    public void Open(JsonSlice bag, TraitNames traitNames)
    {
        Clear();
        if (names != traitNames)
        {
            Forget();
            names = traitNames;
        }

        var members = new MemberReader(bag);
        while (members.Next())
        {
            TraitName name = IsNextName(members.NameSpan) ? fields[Count].Name : traitNames.Find(members.Name);
            Set(name, members.Value, members.IsCanonical ? FieldForm.CopyVerbatim : FieldForm.Text);
        }
    }

    /// <summary>Adds a field, or replaces the value of the field with that name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="form">How the value is written.</param>
    /// <param name="isFinal">Whether the host has given the name.</param>
    public void Set(TraitName name, JsonSlice value, FieldForm form = FieldForm.Text, bool isFinal = false)
    {
        int index = FindOrAdd(name);
        ref Field field = ref fields[index];
        field.Value = value;
        field.Form = form;
        field.IsFinal = isFinal;
    }

    /// <summary>Renames fields. If two fields get the same name, the later one wins unless it is null.</summary>
    /// <param name="newNameOf">Returns the new name of a field: an empty name removes the field, null keeps its name.</param>
    /// <param name="traitNames">The table of the names.</param>
    /// <returns>The last name that two fields with values now share; null if there is no such name.</returns>
    public TraitName? Rename(Func<FieldName, FieldName?> newNameOf, TraitNames traitNames)
    {
        TraitName? shared = null;
        int count = Count;

        // A field never moves to a higher index, so no field is overwritten before it is read.
        Count = 0;
        for (int index = 0; index < count; index++)
        {
            Field field = fields[index];
            FieldName? newName = newNameOf(field.Name.Text);
            if (newName is { IsEmpty: true })
            {
                continue;
            }

            TraitName name = newName is { } text ? traitNames.Find(text) : field.Name;
            bool isInUse = IndexOf(name) != None;
            if (isInUse && field.Value.IsNullOrMissing)
            {
                continue;
            }

            shared = this[name].IsNullOrMissing ? shared : name;
            Set(name, field.Value, field.Form, isFinal: newName is not null);
        }

        return shared;
    }

    /// <summary>The index of a field; -1 if there is no such field.</summary>
    public int IndexOf(TraitName name)
    {
        int[] known = indexes;
        if ((uint)name.Id >= (uint)known.Length)
        {
            return None;
        }

        int index = known[name.Id];
        return index < Count && ReferenceEquals(fields[index].Name, name) ? index : None;
    }

    /// <summary>Whether the previous bag had this name at the next index.</summary>
    /// <remarks>
    /// Bags of the same sender have the same names in the same order. To compare two names costs less than to hash one and look it up: an
    /// identify call takes 5 % less time.
    /// </remarks>
    private bool IsNextName(ReadOnlySpan<byte> text) =>
        Count < fields.Length && fields[Count].Name is { } next && next.Text.Span.SequenceEqual(text);

    /// <summary>The index of a field, which is added if there is no such field.</summary>
    private int FindOrAdd(TraitName name)
    {
        int index = IndexOf(name);
        return index == None ? Add(name) : index;
    }

    private int Add(TraitName name)
    {
        if (Count == fields.Length)
        {
            Array.Resize(ref fields, Count * 2);
        }

        if (name.Id >= indexes.Length)
        {
            Array.Resize(ref indexes, Math.Max(name.Id + 1, indexes.Length * 2));
        }

        int index = Count++;
        indexes[name.Id] = index;
        fields[index].Name = name;
        return index;
    }

    internal struct Field
    {
        public TraitName Name;
        public JsonSlice Value;

        /// <summary>How the value is written.</summary>
        public FieldForm Form;

        /// <summary>Whether the host has given the name, so that it is not converted any more.</summary>
        public bool IsFinal;
    }
}
