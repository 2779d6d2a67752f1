using System.Text.Json;
using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Nested values that stay nested: their .NET dates become CleverTap dates, and their levels are counted.</summary>
internal static class NestedDates
{
    /// <summary>The value with its .NET dates in CleverTap's form; the value itself if it has none.</summary>
    public static JsonSlice Convert(JsonSlice value, MappingContext run)
    {
        if (!run.Options.ConvertDates || !NetDate.ContainsMarked(value))
        {
            return value;
        }

        var output = new Utf8Buffer();
        Write(output, value, run);
        return new JsonSlice(output.Written.ToArray());
    }

    /// <summary>How many objects and arrays stand inside one another, the value included.</summary>
    public static int LevelsOf(JsonSlice value)
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

    private static void Write(Utf8Buffer output, JsonSlice value, MappingContext run)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value, run);
                break;
            case JsonValueKind.Array:
                WriteArray(output, value, run);
                break;
            default:
                bool isDate = NetDate.IsMarked(value) & IsoDate.TryRead(value, out long milliseconds);
                output.Append(isDate ? FieldValues.Date(milliseconds, run).Span : value.Span);
                break;
        }
    }

    private static void WriteObject(Utf8Buffer output, JsonSlice value, MappingContext run)
    {
        bool isFirst = true;
        output.Append((byte)'{');
        var members = new MemberReader(value);
        while (members.Next())
        {
            output.AppendMember(members.NameSpan, isFirst);
            Write(output, members.Value, run);
            isFirst = false;
        }

        output.Append((byte)'}');
    }

    private static void WriteArray(Utf8Buffer output, JsonSlice value, MappingContext run)
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

            Write(output, elements.Value, run);
            isFirst = false;
        }

        output.Append((byte)']');
    }
}
