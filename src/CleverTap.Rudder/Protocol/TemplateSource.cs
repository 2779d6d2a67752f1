namespace CleverTap.Rudder;

/// <summary>
/// The JSON that templates take values from. Each object on the way is indexed once, and what was taken is left out in one pass at the
/// end, so that many templates do not read and copy a large event each. Not thread-safe.
/// </summary>
internal sealed class TemplateSource(JsonValue json)
{
    private readonly Node root = new(json);

    /// <summary>The value at a path without what was taken of it; missing if there is none or if it was taken.</summary>
    public JsonValue Find(ReadOnlySpan<FieldName> path)
    {
        Node node = root;
        for (int depth = 0; depth < path.Length; depth++)
        {
            node = node.Child(path[depth]);
            if (node.IsTaken || node.Value.IsMissing)
            {
                return default;
            }
        }

        return Rest(node.Value, node);
    }

    /// <summary>Takes the value at a path, which it has.</summary>
    public void Take(ReadOnlySpan<FieldName> path)
    {
        Node node = root;
        node.IsChanged = true;
        foreach (FieldName name in path)
        {
            node = node.Child(name);
            node.IsChanged = true;
        }

        node.IsTaken = true;
    }

    /// <summary>The JSON without what was taken.</summary>
    public JsonValue Rest() => Rest(root.Value, root);

    private static JsonValue Rest(JsonValue value, Node node)
    {
        if (!node.IsChanged || value.Kind != System.Text.Json.JsonValueKind.Object)
        {
            return value;
        }

        var output = new Utf8Buffer();
        var members = new MemberReader(value);
        output.Append((byte)'{');
        while (members.Next())
        {
            Node? child = node.Known(members.Name);
            if (child?.IsTaken == true)
            {
                continue;
            }

            output.AppendMember(members.NameSpan, isFirst: output.Written[^1] == '{');
            output.Append(child is null ? members.Value.Span : Rest(members.Value, child).Span);
        }

        output.Append((byte)'}');
        return new JsonValue(output.Written.ToArray());
    }

    /// <summary>A value that a path leads to.</summary>
    private sealed class Node(JsonValue value)
    {
        private readonly Dictionary<FieldName, Node> children = [];
        private Dictionary<FieldName, JsonValue>? members;

        public JsonValue Value { get; } = value;

        public bool IsTaken { get; set; }

        /// <summary>Whether it, or something in it, was taken.</summary>
        public bool IsChanged { get; set; }

        public Node? Known(FieldName name) => children.GetValueOrDefault(name);

        public Node Child(FieldName name)
        {
            if (!children.TryGetValue(name, out Node? child))
            {
                members ??= MembersOf(Value);
                children.Add(name, child = new Node(members.GetValueOrDefault(name)));
            }

            return child;
        }

        /// <summary>The last of several members with one name counts.</summary>
        private static Dictionary<FieldName, JsonValue> MembersOf(JsonValue value)
        {
            Dictionary<FieldName, JsonValue> found = [];
            var reader = new MemberReader(value);
            while (reader.Next())
            {
                found[reader.Name] = reader.Value;
            }

            return found;
        }
    }
}
