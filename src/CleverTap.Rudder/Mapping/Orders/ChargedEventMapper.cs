using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Maps <c>Order Completed</c> to CleverTap's <c>Charged</c>, with an id, an amount and the items of the order.</summary>
internal static class ChargedEventMapper
{
    public static readonly JsonSlice Charged = JsonSlice.FromText(CleverTapRules.ChargedEvent);

    private static readonly FieldName ChargedId = "Charged ID";
    private static readonly FieldName CheckoutId = "checkout_id";
    private static readonly FieldName OrderId = "order_id";
    private static readonly FieldName Revenue = "revenue";
    private static readonly FieldName Total = "total";
    private static readonly FieldName OrderValue = "value";
    private static readonly FieldName[] Amounts = [OrderAmount.Name, Revenue, Total, OrderValue];
    private static readonly FieldName Products = "products";
    private static readonly FieldName LowerCaseItems = "items";
    private static readonly FrozenSet<FieldName> NotCopied = new[] { CheckoutId, Revenue, Products, TraitMap.Ts.Text }.ToFrozenSet();
    private static readonly FrozenSet<FieldName> Mapped = new[] { ChargedId, OrderAmount.Name, CleverTapRules.Items }.ToFrozenSet();

    public static bool IsOrderName(JsonSlice name) =>
        name.Kind == JsonValueKind.String && Ascii.EqualsIgnoreCase(name.ContentSpan(), "order completed"u8);

    public static EventError? Map(MappingContext context, JsonFields data) =>
        context.Options.Charged == ChargedMapping.Lenient ? MapLeniently(context, data) : MapStrictly(context, data);

    /// <summary>Normalizes the amount and the items of an event that already has the name Charged.</summary>
    public static EventError? NormalizeChargedEvent(JsonSlice eventName, JsonFields data, MappingContext context)
    {
        if (!eventName.Equals(Charged))
        {
            return null;
        }

        if (context.Options.Charged == ChargedMapping.Strict)
        {
            return OrderItems.CheckStrictly(data);
        }

        OrderAmount.Normalize(data, context);
        SetItems(data, OrderItems.ChooseSource(data[CleverTapRules.Items], default, default), context);
        return null;
    }

    private static EventError? MapStrictly(MappingContext context, JsonFields data)
    {
        JsonFields order = context.Properties;
        SetFirst(data, ChargedId, order[CheckoutId]);
        SetFirst(data, OrderAmount.Name, order[Revenue]);
        SetFirst(data, CleverTapRules.Items, order[Products]);
        foreach (ref readonly JsonFields.Field property in order.All)
        {
            if (!NotCopied.Contains(property.Name) && !property.Name.IsEmpty)
            {
                FieldValues.Set(data, property.Name, property.Value, context);
            }
        }

        return OrderItems.CheckStrictly(data);
    }

    /// <summary>
    /// Maps an order. Properties with CleverTap's names take precedence over RudderStack's, unless they are null or empty.
    /// </summary>
    private static EventError? MapLeniently(MappingContext context, JsonFields data)
    {
        JsonFields order = context.Properties;
        SetFirst(data, ChargedId, order[ChargedId], order[CheckoutId], order[OrderId]);
        SetFirst(data, OrderAmount.Name, OrderAmount.Choose(order, Amounts, context));
        OrderAmount.Normalize(data, context);
        JsonSlice items = OrderItems.ChooseSource(order[CleverTapRules.Items], order[Products], order[LowerCaseItems]);
        bool usesLowerCaseItems = !items.IsMissing && items.Equals(order[LowerCaseItems]);
        SetItems(data, items, context);
        OrderItems.WarnIfUnused(CleverTapRules.Items, order[CleverTapRules.Items], items, context);
        OrderItems.WarnIfUnused(Products, order[Products], items, context);

        foreach (ref readonly JsonFields.Field property in order.All)
        {
            bool isUsed =
                Mapped.Contains(property.Name)
                || NotCopied.Contains(property.Name)
                || (usesLowerCaseItems && property.Name.Equals(LowerCaseItems));
            if (!isUsed)
            {
                FieldValues.Set(data, property.Name, property.Value, context);
            }
        }

        return null;
    }

    private static void SetItems(JsonFields data, JsonSlice items, MappingContext context) =>
        data.Set(CleverTapRules.Items, items.IsPresent ? OrderItems.Map(items, context) : default, FieldForm.CopyVerbatim);

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
