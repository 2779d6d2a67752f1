using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Writes the items of an order as an array of flat objects and checks their fields like properties. Used again and again.</summary>
internal sealed class ItemWriter
{
    private readonly Utf8Buffer output = new();
    private readonly FieldWriter fields;
    private readonly JsonFields item = new();
    private readonly HashSet<(WarningCode Code, string Field)> warned = [];
    private readonly RecordValidator rules;
    private MappingContext? current;
    private int count;

    public ItemWriter()
    {
        fields = new FieldWriter(output);
        rules = new RecordValidator(WarnOnce);
    }

    public void Start(MappingContext run)
    {
        current = run;
        count = 0;
        warned.Clear();
        output.Clear();
        output.Append((byte)'[');
    }

    public void Add(JsonSlice value, MappingContext run)
    {
        if (count++ > 0)
        {
            output.Append((byte)',');
        }

        item.Open(value);
        FieldValues.Convert(item, run);
        fields.Write(item, !run.Options.OmitNullProperties, run.Options.Numbers, FieldOwner.Item, run.Options.CheckRules ? rules : null);
    }

    /// <summary>The array; missing if it is empty.</summary>
    public JsonSlice Finish(MappingContext run)
    {
        if (count == 0)
        {
            return default;
        }

        if (run.Options.CheckRules)
        {
            rules.CheckItemCount(count);
        }

        output.Append((byte)']');
        return run.Made.AddJson(output.Written);
    }

    /// <summary>A field that is wrong in every item is worth one warning.</summary>
    private void WarnOnce(CleverTapWarning warning)
    {
        if (warned.Add((warning.Code, warning.Field)))
        {
            current!.Warn(warning.Field == "Items" ? warning : warning with { Field = $"Items.{warning.Field}" });
        }
    }
}
