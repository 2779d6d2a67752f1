using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>The items of an order: an array of objects, or JSON text of one. The only property of an event that may be nested.</summary>
internal static class OrderItems
{
    /// <summary>
    /// The items in the form that CleverTap takes: flat objects, checked like properties. What is no object is left out, with a
    /// warning; nothing in one item costs the others. Missing if no item is left.
    /// </summary>
    public static JsonSlice Map(JsonSlice items, MappingContext run)
    {
        items = Read(items);
        if (items.Kind != JsonValueKind.Array)
        {
            run.Warn(
                WarningCode.ItemOmitted,
                "Items",
                "the products of an order must be an array of objects and were left out; send products as an array"
            );
            return default;
        }

        ItemWriter writer = run.Items;
        writer.Start(run);
        bool anyOmitted = false;
        var elements = new ElementReader(items);
        while (elements.Next())
        {
            bool isObject = elements.Value.Kind == JsonValueKind.Object;
            anyOmitted |= !isObject;
            if (isObject)
            {
                writer.Add(elements.Value, run);
            }
        }

        if (anyOmitted)
        {
            run.Warn(WarningCode.ItemOmitted, "Items", "elements that are not objects were left out; send each product as an object");
        }

        return writer.Finish(run);
    }

    /// <summary>
    /// The property that holds the items: the first with objects in it. <c>items</c> counts only with objects, because it is not one of
    /// RudderStack's names. Missing if there is none.
    /// </summary>
    public static JsonSlice Choose(JsonSlice explicitItems, JsonSlice products, JsonSlice items)
    {
        if (HasObjects(explicitItems))
        {
            return explicitItems;
        }

        if (HasObjects(products))
        {
            return products;
        }

        if (HasObjects(items))
        {
            return items;
        }

        return explicitItems.IsPresent ? explicitItems : products;
    }

    private static bool HasObjects(JsonSlice items)
    {
        items = Read(items);
        if (items.Kind != JsonValueKind.Array)
        {
            return false;
        }

        var elements = new ElementReader(items);
        while (elements.Next())
        {
            if (elements.Value.Kind == JsonValueKind.Object)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>As rudder-transformer checks them: the first item alone decides, and items that are none fail the order.</summary>
    public static EventError? Check(JsonFields data)
    {
        JsonSlice items = data[CleverTapRules.Items];
        if (!items.IsTruthy)
        {
            return null;
        }

        items = Read(items);

        var elements = new ElementReader(items);
        if (!elements.Next() || (!elements.Value.IsContainer && elements.Value.Kind != JsonValueKind.Null))
        {
            return new EventError(
                EventErrorCode.ItemsNotObjects,
                "properties.products",
                "Products property value must be an array of objects",
                "an array of objects"
            );
        }

        data.Set(CleverTapRules.Items, items, FieldForm.KeepNested);
        return null;
    }

    private static JsonSlice Read(JsonSlice items) => items.Kind == JsonValueKind.String ? Parse(items) : items;

    /// <summary>The JSON that a text holds; missing where it is not JSON.</summary>
    private static JsonSlice Parse(JsonSlice text)
    {
        byte[] json = RudderEvent.ToUtf8(text.ToText()!.Trim());
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read()) { }

            return new JsonSlice(json);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
