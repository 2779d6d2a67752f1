using CleverTap.Rudder.Internal.Events;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>
/// The members of an object by name, in their original order: of a bag that was opened, or of a record under construction.
/// </summary>
/// <remarks>The last of several members with the same name wins and takes the index of the first.</remarks>
internal sealed class JsonFields
{
    private const int None = -1;
    private const int InitialSize = 32;

    /// <summary>A larger array, which one huge event needed, is released on the next call of Clear.</summary>
    private const int MaxKeptFields = 16 * 1024;

    private Field[] fields = [];
    private int[] buckets = [];

    public JsonFields() => Resize(InitialSize);

    public int Count { get; private set; }

    /// <summary>The object that was opened.</summary>
    public JsonSlice Source { get; private set; }

    public ReadOnlySpan<Field> All => fields.AsSpan(0, Count);

    /// <summary>Whether the object that was opened has objects or arrays as values.</summary>
    public bool HasNested { get; private set; }

    /// <summary>Whether the object that was opened may have a value that <see cref="NetDate"/> wrote.</summary>
    public bool MayHaveNetDates { get; private set; }

    /// <summary>The value of a member; missing if there is no such member.</summary>
    public JsonSlice this[FieldName name] => IndexOf(name) is var index and not None ? fields[index].Value : default;

    public bool Contains(FieldName name) => IndexOf(name) != None;

    public void Clear()
    {
        // FindOrAdd overwrites the fields, so only the buckets that are in use need to be cleared.
        if (fields.Length > MaxKeptFields)
        {
            Resize(InitialSize);
        }
        else
        {
            for (int index = 0; index < Count; index++)
            {
                Bucket(fields[index].Name) = None;
            }
        }

        Count = 0;
        Source = default;
        HasNested = false;
        MayHaveNetDates = false;
    }

    /// <summary>Adds a member, or replaces the value of the member with that name.</summary>
    public void Set(FieldName name, JsonSlice value, FieldForm form = FieldForm.Text)
    {
        int index = FindOrAdd(name);
        fields[index].Value = value;
        fields[index].Form = form;
        fields[index].CanCopyVerbatim = false;
    }

    /// <summary>Replaces all members by those of a well-formed object. A value that is not an object has no members.</summary>
    public void Open(JsonSlice bag)
    {
        Clear();
        Source = bag;
        var members = new MemberReader(bag);
        while (members.Next())
        {
            int before = Count;
            int index = FindOrAdd(members.Name);
            ref Field field = ref fields[index];
            field.Value = members.Value;
            field.Start = members.Start;
            field.End = members.End;
            field.Form = FieldForm.Text;
            field.CanCopyVerbatim = Count > before && members.CanCopyVerbatim;
            ReadOnlySpan<byte> value = members.ValueSpan;
            HasNested |= members.Depth > 0;
            MayHaveNetDates |= value.Length > 1 && value[1] == '\\';
        }
    }

    /// <summary>Renames members. If two members get the same name, the later one wins unless it is null.</summary>
    /// <param name="newNameOf">Returns the new name of a member: an empty name removes the member, null keeps its name.</param>
    /// <returns>The last name that two members with values now share; empty if there is no such name.</returns>
    public FieldName Rename(Func<FieldName, FieldName?> newNameOf)
    {
        FieldName shared = default;
        int count = Count;
        for (int index = 0; index < count; index++)
        {
            Bucket(fields[index].Name) = None;
        }

        // A field never moves to a higher index, so no field is overwritten before it is read.
        Count = 0;
        for (int index = 0; index < count; index++)
        {
            Field field = fields[index];
            FieldName? newName = newNameOf(field.Name);
            if (newName is not { IsEmpty: true } && AddRenamed(field, newName))
            {
                shared = newName ?? field.Name;
            }
        }

        return shared;
    }

    /// <summary>Adds a field under its new name, unless it is null and the name is in use.</summary>
    /// <returns>True if the field replaced another one that had a value.</returns>
    private bool AddRenamed(in Field field, FieldName? newName)
    {
        FieldName name = newName ?? field.Name;
        int existing = IndexOf(name);
        bool isNew = existing == None;
        if (!isNew && field.Value.IsNullOrMissing)
        {
            return false;
        }

        bool replacesValue = !isNew && !fields[existing].Value.IsNullOrMissing;
        ref Field target = ref fields[isNew ? FindOrAdd(name) : existing];
        target.Value = field.Value;
        target.Form = field.Form;
        target.CanCopyVerbatim = field.CanCopyVerbatim && isNew && newName is null;
        target.Start = field.Start;
        target.End = field.End;
        return replacesValue;
    }

    /// <summary>The index of a member; -1 if there is no such member.</summary>
    public int IndexOf(FieldName name)
    {
        if (Count == 0)
        {
            return None;
        }

        int index = Bucket(name);
        while (index != None && !fields[index].Name.Equals(name))
        {
            index = fields[index].Next;
        }

        return index;
    }

    /// <summary>The index of a member, which is added if there is no such member.</summary>
    private int FindOrAdd(FieldName name)
    {
        ref int bucket = ref Bucket(name);
        int index = bucket;
        while (index != None && !fields[index].Name.Equals(name))
        {
            index = fields[index].Next;
        }

        if (index == None)
        {
            if (Count == fields.Length)
            {
                Grow();
                bucket = ref Bucket(name);
            }

            index = Count++;
            fields[index].Name = name;
            fields[index].Next = bucket;
            bucket = index;
        }

        return index;
    }

    private ref int Bucket(FieldName name) => ref buckets[name.GetHashCode() & (buckets.Length - 1)];

    private void Grow()
    {
        Resize(fields.Length * 2);
        for (int i = 0; i < Count; i++)
        {
            ref int bucket = ref Bucket(fields[i].Name);
            fields[i].Next = bucket;
            bucket = i;
        }
    }

    private void Resize(int size)
    {
        Array.Resize(ref fields, size);
        buckets = new int[size * 2];
        Array.Fill(buckets, None);
    }

    internal struct Field
    {
        public FieldName Name;
        public JsonSlice Value;

        /// <summary>How a nested value is written.</summary>
        public FieldForm Form;

        /// <summary>Whether the bytes of the source from <see cref="Start"/> to <see cref="End"/> may be copied as the member.</summary>
        public bool CanCopyVerbatim;

        public int Start;
        public int End;
        public int Next;
    }
}
