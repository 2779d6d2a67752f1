using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Writes the items of an order as an array of flat objects and checks their fields like properties.</summary>
/// <remarks>It is reused for many orders.</remarks>
internal sealed class ItemWriter
{
    private readonly Utf8Buffer output = new();
    private readonly FieldWriter fields;
    private readonly JsonFields item = new();
    private readonly HashSet<(WarningCode Code, string Field)> reported = [];
    private readonly RecordValidator validator;
    private MappingContext? current;
    private int count;

    public ItemWriter()
    {
        fields = new FieldWriter(output);
        validator = new RecordValidator(WarnOnce);
    }

    public void Start(MappingContext context)
    {
        current = context;
        count = 0;
        reported.Clear();
        output.Clear();
        output.Append((byte)'[');
    }

    public void Add(JsonSlice value, MappingContext context)
    {
        if (count++ > 0)
        {
            output.Append((byte)',');
        }

        item.Open(value);
        FieldValues.Convert(item, context);
        fields.Write(
            item,
            !context.Options.OmitNullProperties,
            context.Options.Numbers,
            FieldOwner.Item,
            context.Options.CheckRules ? validator : null
        );
    }

    /// <summary>Returns the array, or a missing value if it is empty.</summary>
    public JsonSlice Finish(MappingContext context)
    {
        if (count == 0)
        {
            return default;
        }

        if (context.Options.CheckRules)
        {
            validator.CheckItemCount(count);
        }

        output.Append((byte)']');
        return context.Scratch.AddJson(output.Written);
    }

    /// <summary>Adds one warning for a field that is wrong in several items.</summary>
    private void WarnOnce(CleverTapWarning warning)
    {
        if (reported.Add((warning.Code, warning.Field)))
        {
            current!.Warn(warning.Field == "Items" ? warning : warning with { Field = $"Items.{warning.Field}" });
        }
    }
}
