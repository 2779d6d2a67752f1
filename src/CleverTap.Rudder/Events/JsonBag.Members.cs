using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder;

/// <content>Reading and changing members.</content>
public readonly partial struct JsonBag
{
    /// <summary>Gets the value of a member as an element that owns its memory.</summary>
    /// <param name="name">The exact name of the member. If several members have this name, the last one wins.</param>
    /// <value>An element of the kind <see cref="JsonValueKind.Undefined"/> if there is no such member.</value>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public JsonElement this[string name] => new JsonBag(Find(name)).ToJsonElement();

    /// <summary>Reads a member that is text.</summary>
    /// <param name="name">The exact name of the member.</param>
    /// <param name="value">The text; null if the member is missing or not text.</param>
    /// <returns>Whether the member is there and is text.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public bool TryGetString(string name, [NotNullWhen(true)] out string? value)
    {
        JsonSlice member = Find(name);
        value = member.Kind == JsonValueKind.String ? member.ToText() : null;
        return value is not null;
    }

    /// <summary>Reads a member that is an integer.</summary>
    /// <param name="name">The exact name of the member.</param>
    /// <param name="value">The number; 0 if the member is missing or not an integer of 64 bits.</param>
    /// <returns>Whether the member is there and is an integer written without a decimal point and exponent.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public bool TryGetInt64(string name, out long value)
    {
        ReadOnlySpan<byte> member = Find(name).Span;
        if (Utf8Parser.TryParse(member, out value, out int length) && length == member.Length)
        {
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>Reads a member that is a number.</summary>
    /// <param name="name">The exact name of the member.</param>
    /// <param name="value">The number; 0 if the member is missing, not a number or beyond the range of a double.</param>
    /// <returns>Whether the member is there and is a number.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public bool TryGetDouble(string name, out double value)
    {
        JsonSlice member = Find(name);
        value = member.Kind == JsonValueKind.Number ? JsonNumber.ToDouble(member.Span) : double.NaN;
        if (double.IsFinite(value))
        {
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>Reads a member that is true or false.</summary>
    /// <param name="name">The exact name of the member.</param>
    /// <param name="value">The value; false if the member is missing or neither true nor false.</param>
    /// <returns>Whether the member is there and is true or false.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public bool TryGetBoolean(string name, out bool value)
    {
        JsonValueKind kind = Find(name).Kind;
        value = kind == JsonValueKind.True;
        return kind is JsonValueKind.True or JsonValueKind.False;
    }

    /// <summary>Reads a member that is an object, such as <c>traits</c> of a context.</summary>
    /// <param name="name">The exact name of the member.</param>
    /// <param name="value">The object; an empty bag if the member is missing or not an object.</param>
    /// <returns>Whether the member is there and is an object.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public bool TryGetBag(string name, out JsonBag value)
    {
        JsonSlice member = Find(name);
        bool isObject = member.Kind == JsonValueKind.Object;
        value = isObject ? new JsonBag(member) : default;
        return isObject;
    }

    /// <summary>Returns a copy of the bag in which a member has a new value.</summary>
    /// <param name="name">The exact name of the member.</param>
    /// <param name="value">A value of a type that <see cref="FromDictionary"/> accepts, or a bag. Null becomes JSON null.</param>
    /// <returns>
    /// The bag with the new member at the index of the old one, or at the end if it is new. All other members keep their order and their
    /// exact bytes. An empty bag becomes an object with this member.
    /// </returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The value has another type; the message names the member and the type.</exception>
    public JsonBag With(string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        JsonBag added = FromDictionary([KeyValuePair.Create(name, value)]);
        var member = new MemberReader(added.Value);
        member.Next();
        ReadOnlySpan<byte> text = added.Value.Span[member.Start..member.End];

        var output = new Utf8Buffer();
        bool isWritten = false;
        var members = new MemberReader(Value);
        while (members.Next())
        {
            bool isReplaced = members.NameSpan.SequenceEqual(member.NameSpan);
            if (!isReplaced || !isWritten)
            {
                Append(output, isReplaced ? text : Value.Span[members.Start..members.End]);
            }

            isWritten |= isReplaced;
        }

        if (!isWritten)
        {
            Append(output, text);
        }

        return Close(output, IsTooDeep || added.IsTooDeep);
    }

    /// <summary>Returns a copy of the bag without some members.</summary>
    /// <param name="names">The exact names of the members. A name without a member has no effect.</param>
    /// <returns>The bag with the other members in their order, with their exact bytes. An empty bag stays empty.</returns>
    /// <exception cref="ArgumentNullException">The list or a name is null.</exception>
    public JsonBag Without(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (IsEmpty)
        {
            return this;
        }

        HashSet<FieldName> omitted = [.. names.Select(name => new FieldName(name ?? throw new ArgumentNullException(nameof(names))))];
        var output = new Utf8Buffer();
        var members = new MemberReader(Value);
        while (members.Next())
        {
            if (!omitted.Contains(members.Name))
            {
                Append(output, Value.Span[members.Start..members.End]);
            }
        }

        return Close(output, IsTooDeep);
    }

    private static void Append(Utf8Buffer output, ReadOnlySpan<byte> member)
    {
        output.Append(output.Length == 0 ? (byte)'{' : (byte)',');
        output.Append(member);
    }

    private static JsonBag Close(Utf8Buffer output, bool isTooDeep)
    {
        if (output.Length == 0)
        {
            output.Append((byte)'{');
        }

        output.Append((byte)'}');
        return new JsonBag(new JsonSlice(output.Written.ToArray()), isTooDeep);
    }

    private JsonSlice Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Value.Member(JsonText.Encode(name));
    }
}
