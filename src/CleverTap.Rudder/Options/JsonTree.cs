using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>A JSON value from which members are removed by path.</summary>
/// <remarks>An object is read once, even if several paths lead through it. The result is written once, at the end.</remarks>
internal sealed class JsonTree(JsonSlice value)
{
    private Dictionary<FieldName, JsonTree>? members;
    private bool isChanged;

    /// <summary>The value without the removed members.</summary>
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

    /// <summary>The members by name. The last of duplicate members wins, as in every other reader.</summary>
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

    /// <summary>Finds the value at a path. Returns a missing value if the path does not exist.</summary>
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

    /// <summary>Removes the member at a path, which must exist.</summary>
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
