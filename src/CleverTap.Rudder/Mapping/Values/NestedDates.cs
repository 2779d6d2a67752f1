using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Converts .NET dates within values that are sent nested, and counts the levels of such values.</summary>
internal static class NestedDates
{
    /// <summary>Converts the .NET dates of a value to CleverTap dates. A value without such dates is returned unchanged.</summary>
    public static JsonSlice Convert(JsonSlice value, MappingContext context)
    {
        if (!context.Options.ConvertDates || !NetDate.ContainsMarked(value))
        {
            return value;
        }

        var output = new Utf8Buffer();
        Write(output, value, context);
        return new JsonSlice(output.Written.ToArray());
    }

    /// <summary>Counts the levels of nested objects and arrays, including the value itself.</summary>
    public static int CountLevels(JsonSlice value)
    {
        int levels = 0;
        var reader = new Utf8JsonReader(value.Span, JsonSlice.AnyDepth);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                levels = Math.Max(levels, reader.CurrentDepth + 1);
            }
        }

        return levels;
    }

    private static void Write(Utf8Buffer output, JsonSlice value, MappingContext context)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value, context);
                break;
            case JsonValueKind.Array:
                WriteArray(output, value, context);
                break;
            default:
                bool isDate = NetDate.IsMarked(value) & IsoDate.TryRead(value, out long milliseconds);
                output.Append(isDate ? FieldValues.ToCleverTapDate(milliseconds, context).Span : value.Span);
                break;
        }
    }

    private static void WriteObject(Utf8Buffer output, JsonSlice value, MappingContext context)
    {
        bool isFirst = true;
        output.Append((byte)'{');
        var members = new MemberReader(value);
        while (members.Next())
        {
            output.AppendMember(members.NameSpan, isFirst);
            Write(output, members.Value, context);
            isFirst = false;
        }

        output.Append((byte)'}');
    }

    private static void WriteArray(Utf8Buffer output, JsonSlice value, MappingContext context)
    {
        bool isFirst = true;
        output.Append((byte)'[');
        var elements = new ElementReader(value);
        while (elements.Next())
        {
            if (!isFirst)
            {
                output.Append((byte)',');
            }

            Write(output, elements.Value, context);
            isFirst = false;
        }

        output.Append((byte)']');
    }
}
