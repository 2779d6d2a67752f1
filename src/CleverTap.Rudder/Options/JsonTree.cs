using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>
/// A JSON value from which members are removed by path. Every object on a path is read once, however many paths lead through it, and
/// what remains is written once at the end.
/// </summary>
internal sealed class JsonTree(JsonSlice value)
{
    private Dictionary<FieldName, JsonTree>? members;
    private bool isChanged;

    /// <summary>The value without the members that were removed.</summary>
    public JsonSlice Value
    {
        get
        {
            if (!isChanged)
            {
                return value;
            }

            var output = new Utf8Buffer();
            Write(output);
            return new JsonSlice(output.Written.ToArray());
        }
    }

    /// <summary>The last of duplicate members wins, as everywhere.</summary>
    private Dictionary<FieldName, JsonTree> Members
    {
        get
        {
            if (members is null)
            {
                members = [];
                var reader = new MemberReader(value);
                while (reader.Next())
                {
                    members[reader.Name] = new JsonTree(reader.Value);
                }
            }

            return members;
        }
    }

    /// <summary>The value at a path; missing if there is none.</summary>
    public JsonSlice Find(ReadOnlySpan<FieldName> path)
    {
        JsonTree found = this;
        foreach (FieldName name in path)
        {
            if (!found.Members.TryGetValue(name, out JsonTree? member))
            {
                return default;
            }

            found = member;
        }

        return found.Value;
    }

    /// <summary>Removes the member at a path, which must be there.</summary>
    public void Remove(ReadOnlySpan<FieldName> path)
    {
        JsonTree parent = this;
        foreach (FieldName name in path[..^1])
        {
            parent.isChanged = true;
            parent = parent.Members[name];
        }

        parent.isChanged = true;
        parent.Members.Remove(path[^1]);
    }

    private void Write(Utf8Buffer output)
    {
        if (!isChanged)
        {
            output.Append(value.Span);
            return;
        }

        output.Append((byte)'{');
        bool isFirst = true;
        foreach ((FieldName name, JsonTree member) in Members)
        {
            output.AppendMember(name.Span, isFirst);
            member.Write(output);
            isFirst = false;
        }

        output.Append((byte)'}');
    }
}
