using CleverTap.Rudder.Internal.Events;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>
/// The members of an object in the order they came, by name: of a bag that was opened, or of a record under
/// construction. The last of several members with one name wins, at the place of the first.
/// </summary>
internal sealed class JsonFields
{
    private const int None = -1;
    private const int InitialSize = 32;

    /// <summary>What a huger event made room for is not kept.</summary>
    private const int LargestKept = 16 * 1024;

    private Field[] fields = [];
    private int[] buckets = [];

    public JsonFields() => Resize(InitialSize);

    public int Count { get; private set; }

    /// <summary>The object that was opened.</summary>
    public JsonSlice Source { get; private set; }

    public ReadOnlySpan<Field> All => fields.AsSpan(0, Count);

    /// <summary>Whether the object that was opened has objects or arrays as values.</summary>
    public bool HasNested { get; private set; }

    /// <summary>Whether the object that was opened has a value that <see cref="NetDate"/> may have written.</summary>
    public bool MayHaveNetDates { get; private set; }

    /// <summary>The value of a member, missing where there is none.</summary>
    public JsonSlice this[FieldName name] => IndexOf(name) is var at and not None ? fields[at].Value : default;

    public bool Contains(FieldName name) => IndexOf(name) != None;

    public void Clear()
    {
        // The fields themselves are written anew when they are needed again; of the buckets only those that were used are emptied.
        if (fields.Length > LargestKept)
        {
            Resize(InitialSize);
        }
        else
        {
            for (int at = 0; at < Count; at++)
            {
                Bucket(fields[at].Name) = None;
            }
        }

        Count = 0;
        Source = default;
        HasNested = false;
        MayHaveNetDates = false;
    }

    /// <summary>Adds a member, or gives the one of that name a new value.</summary>
    public void Set(FieldName name, JsonSlice value, FieldForm form = FieldForm.Text)
    {
        int at = Place(name);
        fields[at].Value = value;
        fields[at].Form = form;
        fields[at].IsFinal = false;
    }

    /// <summary>Opens a well-formed object: its members take the place of what was here. Anything but an object has none.</summary>
    public void Open(JsonSlice bag)
    {
        Clear();
        Source = bag;
        var members = new MemberReader(bag);
        while (members.Next())
        {
            int before = Count;
            int at = Place(members.Name);
            ref Field field = ref fields[at];
            field.Value = members.Value;
            field.Start = members.Start;
            field.End = members.End;
            field.Form = FieldForm.Text;
            field.IsRenamed = false;
            field.IsFinal = Count > before && members.IsFinal;
            ReadOnlySpan<byte> value = members.ValueSpan;
            HasNested |= members.Depth > 0;
            MayHaveNetDates |= value.Length > 1 && value[1] == '\\';
        }
    }

    /// <summary>Gives members other names. Of two members that come to one name the later wins, unless it is null.</summary>
    /// <param name="newNameOf">The new name of a member; empty removes the member, null leaves it as it is.</param>
    /// <returns>A name that two members with values came to; empty if there is none.</returns>
    public FieldName Rename(Func<FieldName, FieldName?> newNameOf)
    {
        FieldName shared = default;
        int count = Count;
        for (int index = 0; index < count; index++)
        {
            Bucket(fields[index].Name) = None;
        }

        // A member moves up at most, so that none is overwritten before it was read.
        Count = 0;
        for (int index = 0; index < count; index++)
        {
            Field field = fields[index];
            FieldName? newName = newNameOf(field.Name);
            FieldName name = newName ?? field.Name;
            int place = IndexOf(name);
            bool isNew = place == None;
            if (newName is { IsEmpty: true } || (!isNew && field.Value.IsNullOrMissing))
            {
                continue;
            }

            if (!isNew && !fields[place].Value.IsNullOrMissing)
            {
                shared = name;
            }

            ref Field target = ref fields[Place(name)];
            target.Value = field.Value;
            target.Form = field.Form;
            target.IsFinal = field.IsFinal && isNew && newName is null;
            target.IsRenamed = newName is not null;
            target.Start = field.Start;
            target.End = field.End;
        }

        return shared;
    }

    /// <summary>The place of a member, -1 where there is none.</summary>
    public int IndexOf(FieldName name)
    {
        if (Count == 0)
        {
            return None;
        }

        int at = Bucket(name);
        while (at != None && !fields[at].Name.Equals(name))
        {
            at = fields[at].Next;
        }

        return at;
    }

    /// <summary>The place of a member, a new one where there is none.</summary>
    private int Place(FieldName name)
    {
        ref int bucket = ref Bucket(name);
        int at = bucket;
        while (at != None && !fields[at].Name.Equals(name))
        {
            at = fields[at].Next;
        }

        if (at == None)
        {
            if (Count == fields.Length)
            {
                Grow();
                bucket = ref Bucket(name);
            }

            at = Count++;
            fields[at].Name = name;
            fields[at].Next = bucket;
            bucket = at;
        }

        return at;
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

        /// <summary>What becomes of a nested value.</summary>
        public FieldForm Form;

        /// <summary>Whether the member may be copied as it stands in the source, from <see cref="Start"/> to <see cref="End"/>.</summary>
        public bool IsFinal;

        /// <summary>Whether <see cref="Rename"/> gave a member of the object that was opened its name.</summary>
        public bool IsRenamed;
        public int Start;
        public int End;
        public int Next;
    }
}
