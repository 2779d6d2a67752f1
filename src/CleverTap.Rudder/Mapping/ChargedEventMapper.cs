using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Order Completed: CleverTap's <c>Charged</c>, with an id, an amount and the items that were bought.</summary>
internal static class ChargedEventMapper
{
    public static readonly JsonSlice Charged = JsonSlice.FromText(CleverTapRules.ChargedEvent);

    private static readonly FieldName ChargedId = "Charged ID";
    private static readonly FieldName CheckoutId = "checkout_id";
    private static readonly FieldName OrderId = "order_id";
    private static readonly FieldName Revenue = "revenue";
    private static readonly FieldName Total = "total";
    private static readonly FieldName OrderValue = "value";
    private static readonly FieldName Products = "products";
    private static readonly FieldName LowerCaseItems = "items";
    private static readonly FrozenSet<FieldName> NotCopied = new[] { CheckoutId, Revenue, Products, TraitMap.Ts }.ToFrozenSet();
    private static readonly FrozenSet<FieldName> Mapped = new[] { ChargedId, OrderAmount.Name, CleverTapRules.Items }.ToFrozenSet();

    public static bool IsName(JsonSlice name) =>
        name.Kind == JsonValueKind.String && Ascii.EqualsIgnoreCase(name.ContentSpan(), "order completed"u8);

    public static EventError? Map(MappingContext run, JsonFields data) =>
        run.Options.Charged == ChargedMapping.Lenient ? MapLeniently(run, data) : MapStrictly(run, data);

    /// <summary>An event that is called Charged already: only its amount and items are looked at.</summary>
    public static EventError? MapCharged(JsonSlice eventName, JsonFields data, MappingContext run)
    {
        if (!eventName.Equals(Charged))
        {
            return null;
        }

        if (run.Options.Charged == ChargedMapping.Strict)
        {
            return OrderItems.Check(data);
        }

        OrderAmount.Normalize(data, run);
        SetItems(data, OrderItems.Choose(data[CleverTapRules.Items], default, default), run);
        return null;
    }

    private static EventError? MapStrictly(MappingContext run, JsonFields data)
    {
        JsonFields order = run.Properties;
        SetFirst(data, ChargedId, order[CheckoutId]);
        SetFirst(data, OrderAmount.Name, order[Revenue]);
        SetFirst(data, CleverTapRules.Items, order[Products]);
        foreach (ref readonly JsonFields.Field property in order.All)
        {
            if (!NotCopied.Contains(property.Name) && !property.Name.IsEmpty)
            {
                FieldValues.Set(data, property.Name, property.Name, property.Value, run, FieldOwner.Event);
            }
        }

        return OrderItems.Check(data);
    }

    /// <summary>Properties with CleverTap's own names win over RudderStack's, unless they are null or empty.</summary>
    private static EventError? MapLeniently(MappingContext run, JsonFields data)
    {
        JsonFields order = run.Properties;
        SetFirst(data, ChargedId, order[ChargedId], order[CheckoutId], order[OrderId]);
        SetFirst(data, OrderAmount.Name, order[OrderAmount.Name], order[Revenue], order[Total], order[OrderValue]);
        OrderAmount.Normalize(data, run);
        JsonSlice items = OrderItems.Choose(order[CleverTapRules.Items], order[Products], order[LowerCaseItems]);
        bool takesLowerCase = !items.IsMissing && items.Equals(order[LowerCaseItems]);
        SetItems(data, items, run);

        foreach (ref readonly JsonFields.Field property in order.All)
        {
            bool isUsed =
                Mapped.Contains(property.Name)
                || NotCopied.Contains(property.Name)
                || (takesLowerCase && property.Name.Equals(LowerCaseItems));
            if (!isUsed)
            {
                FieldValues.Set(data, property.Name, property.Name, property.Value, run, FieldOwner.Event);
            }
        }

        return null;
    }

    private static void SetItems(JsonFields data, JsonSlice items, MappingContext run) =>
        data.Set(CleverTapRules.Items, items.IsPresent ? OrderItems.Map(items, run) : default, FieldForm.CopyVerbatim);

    private static void SetFirst(JsonFields data, FieldName name, params ReadOnlySpan<JsonSlice> values)
    {
        if (FirstPresent(values) is { IsMissing: false } value)
        {
            data.Set(name, value);
        }
    }

    private static JsonSlice FirstPresent(params ReadOnlySpan<JsonSlice> values)
    {
        foreach (JsonSlice value in values)
        {
            if (value.IsPresent)
            {
                return value;
            }
        }

        return default;
    }
}
