using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace CleverTap.Rudder;

/// <summary>Order Completed: CleverTap's <c>Charged</c>, with an id, an amount and the items that were bought.</summary>
internal static class OrderCompleted
{
    public static readonly JsonValue Charged = JsonValue.FromText(CleverTapRules.ChargedEvent);

    private static readonly FieldName ChargedId = "Charged ID";
    private static readonly FieldName Amount = "Amount";
    private static readonly FieldName Items = "Items";
    private static readonly FieldName CheckoutId = "checkout_id";
    private static readonly FieldName OrderId = "order_id";
    private static readonly FieldName Revenue = "revenue";
    private static readonly FieldName Total = "total";
    private static readonly FieldName Products = "products";
    private static readonly FrozenSet<FieldName> NotCopied = new[] { CheckoutId, Revenue, Products, TraitTable.Ts }.ToFrozenSet();

    public static bool IsNameOf(in EventIndex e) =>
        e.Event.Kind == JsonValueKind.String && Ascii.EqualsIgnoreCase(e.Event.ContentSpan(), "order completed"u8);

    public static EventError? Map(MappingRun run, JsonFields data)
    {
        bool lenient = run.Options.Charged == ChargedMapping.Lenient;
        JsonFields order = run.Properties;
        SetFirst(data, ChargedId, order[CheckoutId], lenient ? order[OrderId] : default);
        SetFirst(data, Amount, order[Revenue], lenient ? order[Total] : default);
        SetFirst(data, Items, order[Products]);

        foreach (ref readonly JsonFields.Field property in order.All)
        {
            if (NotCopied.Contains(property.Name) || property.Name.IsEmpty) continue;
            if (lenient && property.Value.IsNullOrMissing && data.Contains(property.Name)) continue;
            data.Set(property.Name, property.Value);
        }

        return CheckItems(Charged, data, run.Options);
    }

    /// <summary>The items of an event called Charged: an array of objects, or JSON text of one, and the only thing that stays nested.</summary>
    public static EventError? CheckItems(JsonValue eventName, JsonFields data, MappingOptions options)
    {
        JsonValue items = data[Items];
        if (!items.IsTruthy || !eventName.Equals(Charged)) return null;

        if (items.Kind == JsonValueKind.String) items = Parse(items);
        if (items.Kind != JsonValueKind.Array) return NotObjects();
        var elements = new ElementReader(items);
        if (!elements.Next())
        {
            if (options.Charged != ChargedMapping.Lenient) return NotObjects();
            data.Set(Items, default);
            return null;
        }

        if (!elements.Value.IsContainer && elements.Value.Kind != JsonValueKind.Null) return NotObjects();
        data.Set(Items, items, asIs: true);
        return null;
    }

    private static void SetFirst(JsonFields data, FieldName name, JsonValue value, JsonValue otherwise = default)
    {
        if (!value.IsPresent) value = otherwise;
        if (value.IsPresent) data.Set(name, value);
    }

    /// <summary>The JSON that a text holds; missing where it is not JSON.</summary>
    private static JsonValue Parse(JsonValue text)
    {
        byte[] json = RudderEvent.ToUtf8(text.ToText()!.Trim());
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read()) continue;
            return new JsonValue(json);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static EventError NotObjects() =>
        new(EventErrorCode.ItemsNotObjects, "properties.products", "Products property value must be an array of objects", "an array of objects");
}
