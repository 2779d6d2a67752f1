using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Web;

/// <summary>Converts CleverTap's operators on an attribute to methods of the web SDK, which treats the operators as plain text.</summary>
internal static class WebOperators
{
    private static readonly FrozenDictionary<FieldName, Row> Rows = new Row[]
    {
        new("$add", "addMultiValuesForKey", Operand.List),
        new("$remove", "removeMultiValuesForKey", Operand.List),
        new("$set", "setMultiValuesForKey", Operand.List),
        new("$incr", "handleIncrementValue", Operand.Value),
        new("$decr", "handleDecrementValue", Operand.Value),
        new("$delete", "removeValueForKey", Operand.None),
    }.ToFrozenDictionary(row => row.Operator);

    private enum Operand
    {
        None,
        Value,
        List,
    }

    /// <summary>Adds a call for each operator of an operation.</summary>
    public static void AddCalls(ReadOnlySpan<byte> attribute, JsonSlice operation, List<WebCall> calls)
    {
        var name = new JsonSlice(Encoding.UTF8.GetBytes($"\"{Encoding.UTF8.GetString(attribute)}\""));
        var operators = new MemberReader(operation);
        while (operators.Next())
        {
            Row row = Rows[operators.Name];
            JsonSlice argument = row.Operand switch
            {
                Operand.None => default,
                Operand.List => ToList(operators.Value),
                _ => operators.Value,
            };
            calls.Add(WebCalls.CreateCall(Encoding.UTF8.GetBytes(row.Method), name, argument));
        }
    }

    private static JsonSlice ToList(JsonSlice value) =>
        value.Kind == JsonValueKind.Array ? value : new JsonSlice(Encoding.UTF8.GetBytes($"[{Encoding.UTF8.GetString(value.Span)}]"));

    private sealed record Row(FieldName Operator, string Method, Operand Operand);
}
